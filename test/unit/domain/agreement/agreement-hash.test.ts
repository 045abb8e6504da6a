import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { agreementHash } from '../../../../src/domain/agreement/agreement-hash.ts';
import { canonicalJson } from '../../../../src/domain/agreement/canonical-json.ts';
import { agreement, checked } from '../agreement-builder.ts';

describe('canonicalJson', () => {
  it('writes the example of RFC 8785', () => {
    const example = {
      numbers: JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]') as unknown,
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders keys by UTF-16 code units, as in the example of RFC 8785', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))).toBe(
      '{"\\r":0,"1":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\ud83d\ude00":0,"\ufb33":0}',
    );
  });

  it('writes minus zero as zero and leaves out what is undefined', () => {
    expect(canonicalJson({ a: -0, b: undefined })).toBe('{"a":0}');
  });

  it.each([[NaN], [Infinity], ['\ud800'], [[undefined]], [() => 1]])('refuses what JSON cannot carry: %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('keeps every value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('agreementHash', () => {
  it('is the SHA-256 of the canonical JSON in hex', () => {
    const document = agreement();
    expect(agreementHash(document)).toBe(createHash('sha256').update(canonicalJson(document)).digest('hex'));
  });

  it('does not change by the check, which fills nothing in', () => {
    expect(agreementHash(checked(agreement()))).toBe(agreementHash(agreement()));
  });

  it('ignores key order and formatting', () => {
    const shuffled = fc
      .jsonValue({ stringUnit: 'grapheme' })
      .chain((value) => fc.tuple(fc.constant(value), reorder(value)));
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 0, max: 4 }), ([value, reordered], indent) => {
        expect(agreementHash(JSON.parse(JSON.stringify(reordered, null, indent)))).toBe(agreementHash(value));
      }),
    );
  });

  it('changes with any change of meaning', () => {
    const stricter = agreement({ when: { all: [{ employees: { atLeast: 51 } }] } });
    expect(agreementHash(stricter)).not.toBe(agreementHash(agreement()));
  });
});

/** The same value with the keys of every object in another order. */
function reorder(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return fc.tuple(...value.map(reorder));
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const entries = Object.entries(value);
  return fc
    .shuffledSubarray(entries, { minLength: entries.length })
    .chain((order) =>
      fc
        .tuple(...order.map(([key, each]) => reorder(each).map((inner) => [key, inner] as const)))
        .map(Object.fromEntries),
    );
}
