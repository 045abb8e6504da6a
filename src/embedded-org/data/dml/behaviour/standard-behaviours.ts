import type { Behaviour } from './behaviour.ts';

const behaviours: Readonly<Record<string, Behaviour>> = {};

export function behaviourOf(objectName: string): Behaviour {
  return behaviours[objectName] ?? {};
}
