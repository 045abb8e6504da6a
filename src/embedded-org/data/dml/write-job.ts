import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import type { DmlOptions, UserContext } from '../types.ts';
import { planFor, type ObjectPlan } from './object-plan.ts';

/** One DML call: what every row of it shares. */
export type WriteJob = {
  readonly core: OrgCore;
  readonly user: UserContext;
  readonly plan: ObjectPlan;
  readonly options: DmlOptions;
  /** The instant of every system field this call writes. */
  readonly stamp: number;
  /** Ids that references were found to be allowed to name; a call that writes references deletes nothing. */
  readonly referable: Set<string>;
};

/** Throws OrgError INVALID_TYPE for an object that is not there or that the user may not see. */
export function startJob(core: OrgCore, user: UserContext, objectName: string, options: DmlOptions): WriteJob {
  const object = core.schema.find(objectName);
  if (!object || !user.access.object(object.name).read) {
    throw new OrgError('INVALID_TYPE', `sObject type '${objectName}' is not supported.`);
  }
  return { core, user, plan: planFor(core, object), options, stamp: core.clock.stamp(), referable: new Set() };
}

/** A call on the object that the id belongs to; undefined for an id of no object. */
export function jobOfId(core: OrgCore, user: UserContext, id: string, options: DmlOptions): WriteJob | undefined {
  const object = core.schema.byPrefix(id.slice(0, 3));
  return (
    object && { core, user, options, plan: planFor(core, object), stamp: core.clock.stamp(), referable: new Set() }
  );
}

/** The same call on another object, for the rows that the platform derives. */
export function jobFor(job: WriteJob, objectName: string): WriteJob | undefined {
  const object = job.core.schema.find(objectName);
  return object && { ...job, plan: planFor(job.core, object) };
}
