import { describe, expect, it } from 'vitest';
import { readYamlFile } from '../../../../src/app/files/yaml-file.ts';

const problemsOf = (text: string): readonly string[] =>
  readYamlFile(Buffer.from(text)).problems.map(({ line, message }) => `${line}: ${message}`);

describe('readYamlFile', () => {
  it('names the key that stands twice, where it does', () => {
    expect(problemsOf('a: 1\nemployees: 2\n"a": 3\n')).toEqual(['3: The key "a" stands twice here. Keep one of them.']);
    expect(problemsOf('facts: { size: 1, size: 2 }')).toEqual([
      '1: The key "size" stands twice here. Keep one of them.',
    ]);
  });

  it.each([3_000, 100_000])('refuses %i levels in its own words', (levels) => {
    const nested = `${'{ all: ['.repeat(levels)}1${'] }'.repeat(levels)}`;
    expect(problemsOf(nested)).toEqual(['1: The document is nested too deeply to be read. Simplify the definitions.']);
  });

  it('refuses aliases that multiply in its own words', () => {
    const lists = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at},`.repeat(9)}]`);
    expect(problemsOf(['l0: &l0 [x]', ...lists].join('\n'))).toEqual([
      '1: Aliases (*name) repeat more than 100 values. Write them out, or use named conditions.',
    ]);
  });

  it('keeps what the parser says of other mistakes', () => {
    expect(problemsOf('a: [1, 2')[0]).toMatch(/^1: Flow sequence/);
  });
});
