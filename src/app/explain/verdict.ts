import type { Receipt } from '../../domain/verdict/decision.ts';

/** A verdict to explain, wherever it comes from. */
export type Verdict = {
  /** `recorded` is what the service wrote; `live` is judged now with what the caller can read. */
  readonly from: 'recorded' | 'live';
  readonly receipt: Receipt;
  readonly why: string;
  /** When the stage began; null for a live verdict. */
  readonly since: string | null;
  readonly validUntil: string | null;
};
