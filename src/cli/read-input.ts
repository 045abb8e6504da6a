import { readFile } from 'node:fs/promises';
import { Refusal, type RefusalKey } from '../app/refusal.ts';

/** Reads a file that the user named; refuses with its name when it cannot be read. */
export async function readInput(path: string, key: RefusalKey): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Refusal(key, code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${message}`);
  }
}
