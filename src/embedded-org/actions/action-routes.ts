import { OrgError } from '../data/org-error.ts';
import { inTransaction } from '../data/dml/run-batch.ts';
import { basePath, bodyObject, ok, param, type RestAnswer } from '../http/rest-call.ts';
import type { ActionCall, ActionRoute } from './action-call.ts';
import { checkInputs } from './check-inputs.ts';
import { customNotificationAction } from './custom-notification.ts';
import { emailSimple } from './email-simple.ts';
import { ActionError, inputsIn, type StandardAction } from './standard-action.ts';

const ACTIONS: readonly StandardAction[] = [customNotificationAction, emailSimple];

/** Kinds of custom actions; this org has none of any kind. */
const CUSTOM_KINDS = ['apex', 'emailAlert', 'flow', 'quickAction'];

/** From this version on a result tells more of its run. */
const LONG_RESULT_SINCE = 58;

/** Invocable actions: what there is, what it takes, and doing it. */
export const actionRoutes: readonly ActionRoute[] = [
  { method: 'GET', path: 'actions', handle: (call) => ok(urlsBelow(call, 'actions', ['standard', 'custom'])) },
  { method: 'GET', path: 'actions/custom', handle: (call) => ok(urlsBelow(call, 'actions/custom', CUSTOM_KINDS)) },
  { method: 'GET', path: 'actions/custom/:kind', handle: listCustom },
  { method: 'GET', path: 'actions/standard', handle: (call) => ok({ actions: offered(call).map(entryOf(call)) }) },
  { method: 'GET', path: 'actions/standard/:name', handle: describe },
  { method: 'POST', path: 'actions/standard/:name', handle: invoke },
];

const urlsBelow = (call: ActionCall, path: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `${basePath(call)}/${path}/${name}`]));

const offered = (call: ActionCall): readonly StandardAction[] => ACTIONS.filter((action) => action.isOffered(call));

const entryOf =
  (call: ActionCall) =>
  ({ name, label, type }: StandardAction): object => ({
    label,
    name,
    type,
    url: `${basePath(call)}/actions/standard/${name}`,
  });

function listCustom(call: ActionCall): RestAnswer {
  if (!CUSTOM_KINDS.includes(param(call, 'kind'))) throw unknownAction(param(call, 'kind'));
  return ok({ actions: [] });
}

function getAction(call: ActionCall): StandardAction {
  const name = param(call, 'name');
  const action = offered(call).find((each) => each.name === name);
  if (!action) throw unknownAction(name);
  return action;
}

const unknownAction = (name: string): OrgError => new OrgError('NOT_FOUND', `Invalid Action Type: ${name}`, 404);

function describe(call: ActionCall): RestAnswer {
  const action = getAction(call);
  const { name, label, type, description, outputs } = action;
  return ok({
    description,
    inputs: inputsIn(action, call.version).map((input) => ({
      label: input.label,
      maxOccurs: input.many ? 2_000 : 1,
      name: input.name,
      required: input.required,
      type: input.type,
    })),
    label,
    name,
    outputs: outputs.map((each) => ({ label: each, maxOccurs: 1, name: each, type: 'STRING' })),
    standard: true,
    targetEntityName: null,
    type,
  });
}

function invoke(call: ActionCall): RestAnswer {
  const action = getAction(call);
  const { inputs } = bodyObject(call);
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new OrgError('INVALID_API_INPUT', 'The request body must have a list of inputs', 400);
  }
  const results = inputs.map((each) => invokeOne(call, action, each));
  const failures = results.filter((each) => !each.isSuccess).length;
  return { status: failures === 0 ? 200 : failures === results.length ? 400 : 207, body: results };
}

function invokeOne(call: ActionCall, action: StandardAction, given: unknown): { isSuccess: boolean } {
  try {
    const inputs = checkInputs(action, call.version, given);
    const { outputs } = inTransaction(call.wire.org.core, () => ({ outputs: action.invoke(call, inputs), keep: true }));
    return resultOf(call, action, { errors: null, isSuccess: true, outputValues: outputs });
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const { statusCode, message, fields } = error;
    return resultOf(call, action, { errors: [{ statusCode, message, fields }], isSuccess: false, outputValues: null });
  }
}

function resultOf<Outcome extends { isSuccess: boolean }>(
  call: ActionCall,
  action: StandardAction,
  outcome: Outcome,
): Outcome {
  const base = { actionName: action.name, ...outcome };
  if (call.version < LONG_RESULT_SINCE) return base;
  return { ...base, invocationId: null, outcome: null, sortOrder: -1, version: 1 };
}
