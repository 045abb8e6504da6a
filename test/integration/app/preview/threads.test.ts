import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { task, fillStore } from '../../../../scripts/bench/preview/previewed-store.ts';
import { cutRanges } from '../../../../src/app/preview/preview-agreement.ts';
import { countHere } from '../../../../src/app/preview/slice-counter.ts';
import type { Store } from '../../../../src/app/ports.ts';
import { previewThreads } from '../../../../src/jobs/preview-threads.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { temporaryFile, type TemporaryFile } from '../../store/temporary-store.ts';

const quiet = { advance: () => {}, stop: new AbortController().signal };

describe('counting in threads', () => {
  let file: TemporaryFile;
  let store: Store;
  beforeAll(async () => {
    file = await temporaryFile();
    store = await openStore(file.path);
    await fillStore(store, 3_000);
  });
  afterAll(async () => {
    await store.close();
    await file[Symbol.asyncDispose]();
  });

  it('gives the counts of one thread, however the leads are cut into ranges', async () => {
    const whole = await countHere(store).count(task, await cutRanges(store, 10_000), quiet);
    expect(whole.people).toBe(3_000);
    expect(whole.groups.dropped.people).toBeGreaterThan(50);
    const ranges = await cutRanges(store, 700);
    expect(ranges).toHaveLength(5);
    expect(await previewThreads(file.path, 2).count(task, ranges, quiet)).toEqual(whole);
    expect(await countHere(store).count(task, ranges, quiet)).toEqual(whole);
  });

  it('tells how far it is, to the last lead', async () => {
    let done = 0;
    const advance = (leads: number): void => void (done += leads);
    await previewThreads(file.path, 2).count(task, await cutRanges(store, 700), { ...quiet, advance });
    expect(done).toBe(3_000);
  });

  it('ends when it is stopped, and leaves the store as it was', async () => {
    const stop = new AbortController();
    const ranges = await cutRanges(store, 100);
    const advance = (): void => stop.abort(new Error('stopped by the test'));
    const counting = previewThreads(file.path, 2).count(task, ranges, { advance, stop: stop.signal });
    await expect(counting).rejects.toThrow('stopped by the test');
    await expect(previewThreads(file.path).count(task, ranges, { advance, stop: stop.signal })).rejects.toThrow(
      'stopped',
    );
    expect(await store.mirror.count('Lead')).toBe(3_000);
  });

  it('says what is wrong with a store that cannot be read', async () => {
    const counting = previewThreads(`${file.path}.none`, 1).count(task, await cutRanges(store, 1_000), quiet);
    await expect(counting).rejects.toThrow(/unable to open/);
  });
});
