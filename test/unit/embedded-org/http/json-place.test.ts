import { describe, expect, it } from 'vitest';
import { placeOf, rememberSource } from '../../../../src/embedded-org/http/json-place.ts';

function place(text: string, path: readonly (string | number)[]): string {
  const body: unknown = JSON.parse(text);
  rememberSource(body, text);
  return placeOf(body, path);
}

describe('the place of a JSON value', () => {
  it('is its key when it comes first, and the comma before it otherwise', () => {
    expect(place('{"Name":{}}', ['Name'])).toBe('[line:1, column:2]');
    // As published of an org: salesforce.stackexchange.com/questions/54882
    const text =
      '{"FirstName":"Doug","LastName":"Proctor (testing)","s360__Contact_Code__c":["Individual supporter - donor"]}';
    expect(place(text, ['s360__Contact_Code__c'])).toBe('[line:1, column:51]');
  });

  it('counts lines, whatever stands in the strings before it', () => {
    const text = '{\n  "a": "},{\\"\\\\",\n  "b": [1, {"c": [true, null]}],\n  "d": 2\n}';
    expect(place(text, ['b'])).toBe('[line:2, column:17]');
    expect(place(text, ['d'])).toBe('[line:3, column:32]');
  });

  it('is found in lists and objects inside', () => {
    const text = '{"records":[{"a":1},{"a":2,"b":[{"c":3}]}]}';
    expect(place(text, ['records', 1, 'b', 0, 'c'])).toBe('[line:1, column:34]');
    expect(place(text, ['records', 1, 'a'])).toBe('[line:1, column:22]');
  });

  it('is counted without spaces for a body that came inside another', () => {
    expect(placeOf({ a: 1, b: 'x' }, ['b'])).toBe('[line:1, column:7]');
  });

  it('is found behind a string of any length', () => {
    const text = JSON.stringify({ a: '"\\'.repeat(500_000), b: 1 });
    expect(place(text, ['b'])).toBe(`[line:1, column:${text.indexOf(',"b"') + 1}]`);
  });
});
