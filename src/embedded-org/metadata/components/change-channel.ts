import { findEntity } from '../../data/changes/change-entities.ts';
import { ChangeSelection, MOST_ENTITIES, STANDARD_CHANNEL } from '../../data/changes/change-selection.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { allOf, textOf } from '../xml-element.ts';
import type { Check } from './stored-components.ts';
import { requireComponent } from './reference-checks.ts';

/** A channel of one's own for change events. */
export const checkChannel: Check = (_run, { element, fullName }) => {
  if (!fullName.endsWith('__chn')) throw new DeployError(`${fullName}: the name of a custom channel ends with __chn`);
  if (textOf(element, 'label') === undefined) throw new DeployError('Required field is missing: label');
  const type = textOf(element, 'channelType');
  if (type === undefined) throw new DeployError('Required field is missing: channelType');
  if (type !== 'data') throw new DeployError(`The embedded org has no channels of type ${type}, only change events`);
};

/** Selects an object for change events on a channel, the standard one or a custom one. */
export const applyChannelMember: Apply = (run, component) => {
  const { element, fullName, files } = component;
  checkElements('PlatformEventChannelMember', element);
  for (const unsupported of ['filterExpression', 'enrichedFields']) {
    if (allOf(element, unsupported).length === 0) continue;
    throw new DeployError(`The embedded org does not support ${unsupported} of a channel member`);
  }
  const channel = textOf(element, 'eventChannel') ?? '';
  if (channel !== STANDARD_CHANNEL) requireComponent(run.core, 'PlatformEventChannel', channel, 'eventChannel');
  const event = textOf(element, 'selectedEntity') ?? '';
  const object = findEntity(run.core.schema, event);
  if (!object) throw new DeployError(`In field: selectedEntity - no entity named ${event} found`);
  const selection = new ChangeSelection(run.core.db);
  selection.removeMember(fullName);
  if (!selection.has(object.name) && selection.entities().length >= MOST_ENTITIES) {
    throw new DeployError(`No more than ${MOST_ENTITIES} objects may be selected for change events`);
  }
  selection.select(channel, object.name, fullName);
  return saveComponent(run, 'PlatformEventChannelMember', fullName, '0v8', files);
};

export const removeChannelMember = ({ core }: DeployRun, fullName: string): void =>
  new ChangeSelection(core.db).removeMember(fullName);

/** A channel goes when nothing is on it any more. */
export function removeChannel({ core }: DeployRun, fullName: string): void {
  const [entity] = new ChangeSelection(core.db).entities(fullName);
  if (entity === undefined) return;
  throw new DeployError(`${fullName} still carries the changes of ${entity}. Remove its members and try again.`);
}
