import type { StoreReader } from '../app/ports.ts';
import { MirrorRepository } from './mirror-repository.ts';
import { ObservationRepository } from './observation-repository.ts';
import { ReadOnlySql } from './read-only-sql.ts';
import { SignalRepository } from './signal-repository.ts';

/** Opens the store at `path`, which somebody else holds open for writing, for reading in this thread. */
export function openReader(path: string): StoreReader {
  const sql = new ReadOnlySql(path);
  return {
    mirror: new MirrorRepository(sql),
    observations: new ObservationRepository(sql),
    signals: new SignalRepository(sql),
    close: async () => sql.close(),
  };
}
