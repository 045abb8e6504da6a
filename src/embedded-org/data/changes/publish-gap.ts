import { randomUUID } from 'node:crypto';
import { inTransaction } from '../dml/run-batch.ts';
import type { OrgCore } from '../org-core.ts';
import type { ObjectDef } from '../types.ts';
import { schemaId } from './change-event.ts';
import type { GapType } from './change-payload.ts';
import type { ChangeStream } from './change-stream.ts';

/** Publishes the event by which the platform says that it lost the details of a change. */
export function publishGap(
  core: OrgCore,
  { journal, log }: ChangeStream,
  gap: {
    readonly object: ObjectDef;
    readonly recordIds: readonly string[];
    readonly changeType: GapType;
    readonly user: string;
  },
): number {
  const header = {
    commitNumber: log.newest() + 1,
    commitUser: gap.user,
    sequenceNumber: 1,
    entityName: gap.object.name,
    changeType: gap.changeType,
    changedFields: [],
    changeOrigin: journal.origin,
    transactionKey: randomUUID(),
    commitTimestamp: core.clock.now(),
    recordIds: gap.recordIds,
  };
  const { replayId } = inTransaction(core, () => ({
    replayId: log.append(gap.object.name, schemaId(gap.object), { ChangeEventHeader: header }),
    keep: true,
  }));
  journal.onEvents();
  return replayId;
}
