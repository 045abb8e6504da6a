import type { ActionInputs } from './standard-action.ts';

/** The value of an input that takes one text; undefined when it was not given. */
export function textOf(inputs: ActionInputs, name: string): string | undefined {
  const value = inputs[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an input that takes a list, or one text for a list of one. */
export function listOf(inputs: ActionInputs, name: string): readonly string[] {
  const value = inputs[name];
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}

/** Clients send a boolean as such or as text. */
export const isTrue = (inputs: ActionInputs, name: string): boolean => inputs[name] === true || inputs[name] === 'true';
