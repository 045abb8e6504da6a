import { planFor } from '../../data/dml/object-plan.ts';
import type { WriteJob } from '../../data/dml/write-job.ts';
import type { DeployRun } from '../deploy-run.ts';

/** A write of setup rows by a deployment; who may deploy was checked before. */
export function setupJob(run: DeployRun, objectName: string): WriteJob {
  const object = run.core.schema.find(objectName);
  if (!object) throw new Error(`The org has no object ${objectName}.`);
  return {
    core: run.core,
    user: run.user,
    plan: planFor(run.core, object),
    options: { allOrNone: true, autoAssign: false, apiVersion: 68 },
    stamp: run.core.clock.stamp(),
    referable: new Set(),
  };
}
