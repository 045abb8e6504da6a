import { observeRows } from '../dml/row-observer.ts';
import type { OrgCore } from '../org-core.ts';
import { ChangeJournal } from './change-journal.ts';
import { ChangeSelection } from './change-selection.ts';
import type { ChangeStream } from './change-stream.ts';
import { EventLog } from './event-log.ts';

/** Follows the org's writes from now on. */
export function openChangeStream(core: OrgCore): ChangeStream {
  const selection = new ChangeSelection(core.db);
  const log = new EventLog(core.db, core.clock);
  const journal = new ChangeJournal(core, selection, log);
  observeRows(core, journal);
  return { selection, log, journal };
}
