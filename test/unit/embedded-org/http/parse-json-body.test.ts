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

  it('may have ten thousand neighbours', () => {
    expect(parseJsonBody(`[${'[],'.repeat(10_000)}0]`)).toHaveLength(10_001);
  });

  it('may hold 300,000 values and no more, whatever commas its strings hold', () => {
    expect(parseJsonBody(`["${','.repeat(400_000)}"${',0'.repeat(299_999)}]`)).toHaveLength(300_000);
    expect(() => parseJsonBody(`[0${',0'.repeat(300_000)}]`)).toThrow('more than 300000 values');
  });
});
