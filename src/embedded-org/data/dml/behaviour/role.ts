import type { Behaviour } from './behaviour.ts';
import { refuseCycle } from './hierarchy.ts';

/** Roles form trees. */
export const roleBehaviour: Behaviour = {
  beforeSave: (job, row, old) => refuseCycle(job, row, old, 'ParentRoleId'),
};
