import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../../src/embedded-org/http/decode-body.ts';

const LATIN = Buffer.from('{"City":"K\u00f6ln"}', 'latin1');

describe('the text of a body', () => {
  it('is UTF-8 unless the content type names another character set', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        for (const type of [undefined, 'application/json', 'application/json; charset=UTF-8'])
          expect(decodeBody(Buffer.from(text), type)).toBe(text);
      }),
    );
    for (const type of ['application/json;charset=ISO-8859-1', 'application/json; x=y; CHARSET="iso-8859-1"'])
      expect(decodeBody(LATIN, type)).toBe('{"City":"K\u00f6ln"}');
  });

  it('is never guessed: wrong bytes and unknown character sets are refused', () => {
    expect(() => decodeBody(LATIN, 'application/json')).toThrow('The request body is not valid utf-8');
    expect(() => decodeBody(LATIN, 'application/json; charset=klingon')).toThrow('character set klingon');
  });
});
