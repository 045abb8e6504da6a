import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../../src/app/ports.ts';
import { openStore, type StoreOptions } from '../../../src/store/open-store.ts';

export type TemporaryFile = AsyncDisposable & { readonly path: string };

/** The path of a store in a folder of its own, which is removed at the end. */
export async function temporaryFile(): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-store-'));
  return {
    path: join(folder, 'store.db'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A store in memory that is closed at the end. */
export async function memoryStore(options: StoreOptions = {}): Promise<Store & AsyncDisposable> {
  const store = await openStore(':memory:', options);
  return { ...store, [Symbol.asyncDispose]: () => store.close() };
}
