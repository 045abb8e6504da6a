import { OrgError } from '../data/org-error.ts';
import { errorBodyOf } from './record-error.ts';

/** Several requests in one: each has a status and a result of its own. */
export type Batch = { readonly results: readonly { readonly statusCode: number; readonly result: unknown }[] };

/** Runs a request for each item; a refusal is the result of its item and fails no other. */
export function runBatch<T>(items: readonly T[], run: (item: T) => unknown): Batch {
  return { results: items.map((item) => runOne(() => run(item))) };
}

function runOne(run: () => unknown): Batch['results'][number] {
  try {
    return { statusCode: 200, result: run() };
  } catch (error) {
    if (error instanceof OrgError) return { statusCode: error.status, result: [errorBodyOf(error)] };
    throw error;
  }
}
