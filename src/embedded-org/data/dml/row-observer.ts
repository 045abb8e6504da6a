import type { OrgCore } from '../org-core.ts';
import type { ObjectDef } from '../types.ts';
import type { StoredRow } from './object-plan.ts';

/** Somebody who follows what is written, inside the very transaction that writes it. */
export interface RowObserver {
  watches(objectName: string): boolean;
  /** Told of each stored row of a watched object; what it writes itself is rolled back together with the row. */
  changed(object: ObjectDef, before: StoredRow | undefined, after: StoredRow): void;
  /** The outermost transaction is about to commit; throwing undoes it. */
  beforeCommit(): void;
  afterCommit(): void;
}

const observers = new WeakMap<OrgCore, RowObserver>();

/** Lets one observer follow an org's writes; an org without one pays nothing. */
export function observeRows(core: OrgCore, observer: RowObserver): void {
  observers.set(core, observer);
}

export const observerOf = (core: OrgCore): RowObserver | undefined => observers.get(core);
