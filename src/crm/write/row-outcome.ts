import type { PortError, WriteResult } from '../../app/ports.ts';
import { judgeCode } from '../errors.ts';

/** What became of one row, with Salesforce's own code, which decides whether the row is sent again. */
export type RowOutcome =
  | { readonly success: true; readonly id: string; readonly created: boolean }
  | {
      readonly success: false;
      readonly salesforceCode: string;
      readonly message: string;
      readonly fields: readonly string[];
      /** Says what to do where no code of Salesforce does. */
      readonly code?: WriteFailure['code'];
      readonly unsent?: true;
    };

export type WriteFailure = Extract<WriteResult, { success: false }>;

export function toResult(outcome: RowOutcome): WriteResult {
  if (outcome.success) return outcome;
  const { salesforceCode, message, fields, code, unsent } = outcome;
  const reason = salesforceCode === '' ? message : `${message} (${salesforceCode})`;
  return { success: false, code: code ?? judgeCode(salesforceCode), reason, fields, ...(unsent && { unsent }) };
}

/** A row that the org has not judged, because the call that was to carry it, or one before, failed as a whole. */
export const unsentOutcome = ({ message, code }: PortError): RowOutcome => ({
  success: false,
  salesforceCode: '',
  message: `Not written, because a call failed: ${message}`,
  fields: [],
  code,
  unsent: true,
});

/** A row of which it is not known whether it was written: sending it again could double it. */
export const unknownOutcome = (why: string): RowOutcome => ({
  success: false,
  salesforceCode: '',
  message: `${why}: it is not known whether the row was written; look before sending it again`,
  fields: [],
  code: 'conflict',
});
