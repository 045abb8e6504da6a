import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonBody } from '../../../../src/embedded-org/http/parse-json-body.ts';

describe('a JSON body', () => {
  it('is read as JSON.parse reads it, whatever its strings hold', () => {
    const bracketed = fc.string({ unit: fc.constantFrom('[', ']', '{', '"', '\\', 'a'), maxLength: 2_000 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          bracketed.map((text) => JSON.stringify({ text, 'a"[': [text] })),
        ),
        (text) => {
          expect(parseJsonBody(text)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('may be nested 500 levels deep and no deeper', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseJsonBody(nested(500))).toBeInstanceOf(Array);
    expect(() => parseJsonBody(nested(501))).toThrow('nested deeper than 500 levels');
  });

  it('may have any number of neighbours', () => {
    expect(parseJsonBody(`[${'[],'.repeat(10_000)}0]`)).toHaveLength(10_001);
  });
});
