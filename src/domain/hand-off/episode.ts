/** How a hand-off stands: `Open` waits for sales; `Ended` was never answered, because the person is gone or was merged. */
export type HandOffStatus = 'Open' | 'Accepted' | 'Rejected' | 'Recycled' | 'Ended';

/** What a rep may answer by one tap. */
export type HandOffAnswer = Exclude<HandOffStatus, 'Open' | 'Ended'>;

/** One passing of a person from marketing to sales. All instants are epoch milliseconds. */
export type Episode = {
  /** Stage that was reached. */
  readonly stage: string;
  readonly openedAt: number;
  /** When the stage was reached: before `openedAt` where nobody owned the person yet. */
  readonly waitingSince: number;
  readonly status: HandOffStatus;
  /** When the status came about; absent while open. */
  readonly decidedAt?: number;
  /** When sales took the person, whatever came of it later. */
  readonly acceptedAt?: number;
  /** Id of the agreed reason. */
  readonly reason?: string;
};

/** Sales still has the person, or has yet to answer: no other hand-off begins. */
export const isHeld = ({ status }: Episode): boolean => status === 'Open' || status === 'Accepted';
