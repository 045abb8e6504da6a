import type { SaveError } from '../types.ts';

/** Stops the save of one row; the batch turns it into that row's errors and goes on with the next row. */
export class RowError extends Error {
  readonly errors: readonly SaveError[];

  constructor(errors: readonly SaveError[]) {
    super(errors.map((each) => `${each.statusCode}: ${each.message}`).join('; '));
    this.name = 'RowError';
    this.errors = errors;
  }
}

export function rowError(statusCode: string, message: string, fields: readonly string[] = []): RowError {
  return new RowError([{ statusCode, message, fields }]);
}
