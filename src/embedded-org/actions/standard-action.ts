import type { ActionCall } from './action-call.ts';

/** An input as the action's describe lists it. */
export type ActionInput = {
  readonly name: string;
  readonly label: string;
  readonly type: 'STRING' | 'BOOLEAN' | 'REFERENCE' | 'TEXTAREA';
  readonly required: boolean;
  /** A list of values instead of one. */
  readonly many?: boolean;
  /** The first API version that has it, and the last. */
  readonly since?: number;
  readonly until?: number;
};

/** Values of the types that the action's inputs have; what was not given is not there. */
export type ActionInputs = Readonly<Record<string, string | boolean | readonly string[]>>;

/** An action of the platform that REST clients may invoke. */
export type StandardAction = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly description: string;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly string[];
  /** Whether the action exists for this user; for others it is as unknown as one that never was. */
  readonly isOffered: (call: ActionCall) => boolean;
  /** Does the work for one input and returns its outputs; throws ActionError, and then nothing was done. */
  readonly invoke: (call: ActionCall, inputs: ActionInputs) => Readonly<Record<string, unknown>> | null;
};

/** Why one input of an action failed. */
export class ActionError extends Error {
  readonly statusCode: string;
  readonly fields: readonly string[];

  constructor(statusCode: string, message: string, fields: readonly string[] = []) {
    super(message);
    this.name = 'ActionError';
    this.statusCode = statusCode;
    this.fields = fields;
  }
}

/** The inputs an action has in an API version. */
export const inputsIn = (action: StandardAction, version: number): readonly ActionInput[] =>
  action.inputs.filter(({ since = 0, until = Infinity }) => since <= version && version <= until);
