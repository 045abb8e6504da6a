import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { orgClock } from './app/org-clock.ts';
import type { Clock, Crm, Progress, Store } from './app/ports.ts';
import { countHere, type SliceCounter } from './app/preview/slice-counter.ts';
import { connect, type Target } from './crm/connect.ts';
import { previewThreads } from './jobs/preview-threads.ts';
import { openStore } from './store/open-store.ts';

export type { Target } from './crm/connect.ts';

export type ComposeOptions = {
  readonly progress: Progress;
  /** File of the store; without it, one file an org below the user's data folder. */
  readonly storePath?: string | undefined;
};

/** The adapters that one command works with; disposing closes what was opened. */
export type Services = AsyncDisposable & {
  readonly crm: Crm;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Opens the store of the connected org, once. */
  openStore(): Promise<Store>;
  /** Opens the store only if there is one: looking leaves no file behind. */
  findStore(): Promise<Store | undefined>;
  /** Counts previews over the open store, in threads where there are many leads. */
  previewCounter(store: Store): Promise<SliceCounter>;
};

/** Fewer ranges are counted before threads have started. */
const rangesForThreads = 4;

/** Connects to an org and hands out the adapters; the only place that creates them. */
export async function compose(target: Target, { progress, storePath }: ComposeOptions): Promise<Services> {
  const crm = await connect(target);
  let store: Promise<Store> | undefined;
  const pathOf = async (): Promise<string> => storePath ?? join(dataFolder(), `${(await crm.whoAmI()).orgId}.sqlite`);
  const open = async (path: string): Promise<Store> => {
    // Private to the user: the mirror holds what the service may read, which is more than others may.
    if (path !== ':memory:') await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return openStore(path);
  };
  return {
    crm,
    clock: orgClock(crm, Date),
    progress,
    openStore: () => (store ??= pathOf().then(open)),
    findStore: async () => {
      const path = await pathOf();
      return store ?? (existsSync(path) ? (store = open(path)) : undefined);
    },
    previewCounter: async (store) => {
      const [here, threads] = [countHere(store), previewThreads(await pathOf())];
      const isSmall = (ranges: readonly unknown[]): boolean =>
        storePath === ':memory:' || ranges.length < rangesForThreads;
      return { count: (task, ranges, told) => (isSmall(ranges) ? here : threads).count(task, ranges, told) };
    },
    // A store that could not be opened has told its caller so; telling it again here would hide the reason.
    [Symbol.asyncDispose]: async () => (await store?.catch(() => undefined))?.close(),
  };
}

function dataFolder(): string {
  const local = process.env['LOCALAPPDATA'];
  if (process.platform === 'win32' && local) return join(local, 'accord');
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'accord');
}
