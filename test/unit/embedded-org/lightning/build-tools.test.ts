import { describe, expect, it } from 'vitest';
import { loadTools, PagesNotAvailable } from '../../../../src/embedded-org/lightning/compile/build-tools.ts';

const missing = 'no-such-compiler';

describe('loadTools', () => {
  it('says what to do where the tools are not installed', async () => {
    const loading = loadTools(() => import(missing));
    await expect(loading).rejects.toThrow(PagesNotAvailable);
    await expect(loading).rejects.toThrow('development dependencies (npm ci)');
  });

  it('hides no other failure', async () => {
    await expect(loadTools(() => Promise.reject(new Error('out of memory')))).rejects.toThrow('out of memory');
  });
});
