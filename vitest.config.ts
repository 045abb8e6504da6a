import { defineConfig } from 'vitest/config';

const long = process.env['ACCORD_TEST_LONG'] === '1';
const pattern = (folder: string): string[] =>
  long ? [`test/${folder}/**/*.long.ts`] : [`test/${folder}/**/*.test.ts`];

export default defineConfig({
  test: {
    passWithNoTests: long,
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: [...pattern('unit')], testTimeout: 20_000 } },
      {
        test: {
          name: 'integration',
          include: [...pattern('integration'), ...pattern('chaos')],
          testTimeout: long ? 1_800_000 : 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'browser', include: pattern('browser'), testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: 'cli', include: pattern('cli'), testTimeout: 180_000, hookTimeout: 180_000 } },
    ],
  },
});
