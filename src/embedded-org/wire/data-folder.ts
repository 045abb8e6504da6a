import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The data folder belongs to a running process. */
export class DataFolderInUse extends Error {
  constructor(folder: string, owner: string) {
    super(`The data folder ${folder} is in use by process ${owner}. Stop that process, or choose another folder.`);
    this.name = 'DataFolderInUse';
  }
}

export type DataFolder = {
  readonly databasePath: string;
  readonly spoolDir: string;
  /** Gives the folder free for others; a temporary one is removed. */
  release(): void;
};

/** Takes a folder for one org, or a temporary one; throws DataFolderInUse while another process holds it. */
export function openDataFolder(path: string | undefined): DataFolder {
  const folder = path ?? mkdtempSync(join(tmpdir(), 'accord-org-'));
  const spoolDir = join(folder, 'spool');
  mkdirSync(spoolDir, { recursive: true });
  const lock = lockFolder(folder);
  return {
    databasePath: join(folder, 'org.db'),
    spoolDir,
    release: () => {
      rmSync(join(folder, 'org.pid'), { force: true });
      lock.close();
      if (path === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Holds an exclusive lock of the system on a file of the folder for as long as the process lives.
 *
 * The system drops it when the process is killed, so a stale lock cannot stay behind, as a file that only names a
 * process could: process numbers are used again. The number beside it is for the message.
 */
function lockFolder(folder: string): DatabaseSync {
  const lock = new DatabaseSync(join(folder, 'org.lock'), { timeout: 0 });
  const pidFile = join(folder, 'org.pid');
  try {
    lock.exec('begin exclusive');
  } catch {
    lock.close();
    throw new DataFolderInUse(folder, existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : 'unknown');
  }
  writeFileSync(pidFile, String(process.pid));
  return lock;
}
