import type { ChangeSelection } from './change-selection.ts';
import type { EventLog } from './event-log.ts';

/** Change data capture of one org: what is selected, what was captured, and who hears of it. */
export type ChangeStream = {
  readonly selection: ChangeSelection;
  readonly log: EventLog;
  readonly journal: {
    /** Where the present call comes from, as `changeOrigin` tells it. */
    origin: string;
    /** Whether events are lost for good, as the platform says that they may be in rare cases. */
    losesEvents: boolean;
    /** Told after each commit that left events. */
    onEvents: () => void;
  };
};
