import type { Receipt } from '../../domain/verdict/decision.ts';
import type { CrmValue } from '../ports.ts';

/** A verdict to explain, wherever it comes from. */
export type Verdict = {
  /** `recorded` is what the service wrote; `live` and `past` are judged now with what the caller can read. */
  readonly from: 'recorded' | 'live' | 'past';
  readonly receipt: Receipt;
  readonly why: string;
  /** When the stage began; null for a verdict that is not recorded. */
  readonly since: string | null;
  readonly validUntil: string | null;
  /** What whoever reads it must know besides. */
  readonly notices?: readonly string[];
  /** Values of the lead's fields that were judged; absent for a recorded verdict, which holds none. */
  readonly values?: Readonly<Record<string, CrmValue>>;
  /** What the agreement goes by and the caller cannot read: fields, objects, `signals`; absent for a recorded verdict. */
  readonly unseen?: readonly string[];
};
