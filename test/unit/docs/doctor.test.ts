import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

describe('docs/doctor.md', () => {
  it('lists every finding that doctor can report, and no other', () => {
    const sources = globSync('src/app/doctor/**/*.ts', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const reported = sources.flatMap((text) =>
      [...text.matchAll(/\bid: ['`]([a-z-]+)[^'`]*['`],\s*severity/g)].map((match) => match[1] ?? ''),
    );
    const table = readFileSync(join(root, 'docs', 'doctor.md'), 'utf8').split('## Findings')[1] ?? '';
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const listed = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map((match) => match[1]),
    );
    const expected = new Set(reported.filter((id) => !id.endsWith('-unseen')));
    expect(expected.size).toBeGreaterThan(30);
    expect(new Set(listed)).toEqual(expected);
  });
});
