import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ORG = join(import.meta.dirname, '../../../src/embedded-org');

/** The sample is the product's own; everything else serves whatever is deployed. */
const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(ORG, 'sample')));

it('the embedded org names no object, field or permission of the product', () => {
  const sources = sourcesOf(ORG);
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.filter((path) => /accord_/i.test(readFileSync(path, 'utf8')))).toEqual([]);
});
