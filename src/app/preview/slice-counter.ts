import { mergeTally, newTally, type Tally } from '../../domain/preview/tally.ts';
import type { StoreReader } from '../ports.ts';
import { countSlice } from './count-slice.ts';
import { type IdRange, prepareTask, type PreviewTask } from './preview-task.ts';

export type CountOptions = {
  /** Told of leads that have been counted. */
  readonly advance: (leads: number) => void;
  /** Ends the work without a result: `count` then rejects with the signal's reason. */
  readonly stop: AbortSignal;
};

/** Counts ranges of leads, several at the same time where it can. */
export interface SliceCounter {
  count(task: PreviewTask, ranges: readonly IdRange[], options: CountOptions): Promise<Tally>;
}

/** Counts one range after the other in this thread. */
export const countHere = (reader: StoreReader): SliceCounter => ({
  async count(task, ranges, { advance, stop }) {
    const rules = prepareTask(task);
    const total = newTally(rules.stages.length, rules.clauses.length);
    for (const range of ranges) {
      const counted = countSlice(reader, task.plan, rules, range, (leads) => {
        stop.throwIfAborted();
        advance(leads);
      });
      mergeTally(total, await counted);
    }
    return total;
  },
});
