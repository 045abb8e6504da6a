import { describe, expect, it } from 'vitest';
import { parseWireDatetime } from '../../../../src/embedded-org/data/values.ts';

describe('a datetime of the wire', () => {
  it('is read in each of the platform’s forms, to whole seconds', () => {
    const instant = Date.UTC(2024, 1, 29, 12, 30, 15);
    for (const text of ['2024-02-29T12:30:15Z', '2024-02-29T12:30:15.987+0000', '2024-02-29T14:30:15+02:00']) {
      expect(parseWireDatetime(text)).toBe(instant);
    }
  });

  it('is refused on a day, at an hour or in a form that does not exist, instead of read as another', () => {
    for (const text of ['2024-02-30T00:00:00Z', '2023-02-29T00:00:00Z', '2024-02-28T24:00:00Z', '2024-02-28', '']) {
      expect(parseWireDatetime(text)).toBeUndefined();
    }
  });
});
