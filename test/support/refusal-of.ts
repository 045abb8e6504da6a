import { Refusal } from '../../src/app/refusal.ts';

/** The refusal that work ends with; fails the test when it ends well or otherwise. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
