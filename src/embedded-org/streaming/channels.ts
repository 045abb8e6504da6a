import type { Org } from '../data/org-core.ts';
import type { UserContext } from '../data/types.ts';
import { findEntity } from '../data/changes/change-entities.ts';
import { STANDARD_CHANNEL } from '../data/changes/change-selection.ts';
import { mayHear } from './event-view.ts';

/** A subscription refused; the message is what the client gets. */
export class ChannelRefused extends Error {}

/** What a channel carries: the names of its objects as they are at this moment. */
export type Channel = { readonly entities: () => readonly string[] };

/** Finds the channel a user asks for; throws ChannelRefused for one that is not there or that takes more rights. */
export function openChannel(org: Org, user: UserContext, name: string): Channel {
  if (name === '') throw new ChannelRefused('400::Channel name not specified');
  if (!name.startsWith('/')) throw new ChannelRefused("400::Channel subscriptions must start with a leading '/'");
  const event = /^\/data\/(\w+)$/.exec(name)?.[1];
  const { selection } = org.changes;
  if (event === STANDARD_CHANNEL) return { entities: () => selection.entities(STANDARD_CHANNEL) };
  if (event !== undefined && isCustomChannel(org, event)) return { entities: () => selection.entities(event) };
  const object = event === undefined ? undefined : findEntity(org.core.schema, event);
  if (!object) throw new ChannelRefused(`400::The channel you requested to subscribe to does not exist {${name}}`);
  if (!mayHear(user, object)) {
    throw new ChannelRefused('403::User not allowed to subscribe CDC without View All Data permissions');
  }
  return { entities: () => selection.entities(STANDARD_CHANNEL).filter((entity) => entity === object.name) };
}

const isCustomChannel = (org: Org, name: string): boolean =>
  name.endsWith('__chn') && org.metadataNames('PlatformEventChannel').includes(name);
