import { describe, expect, it } from 'vitest';
import { agreedReason } from '../../../../src/domain/hand-off/agreed-reason.ts';
import { agreement } from '../agreement-builder.ts';

describe('an agreed reason', () => {
  const document = {
    ...agreement({}),
    process: {
      reasons: [
        { id: 'too-small', title: 'Too small' },
        { id: 'other', title: 'too-small' },
      ],
    },
  };

  it.each([
    ['too-small', 'too-small'],
    [' Too Small ', 'too-small'],
    ['OTHER', 'other'],
    ['too', undefined],
    ['', undefined],
  ])('is told by its id, else by its title: %j', (text, id) => {
    expect(agreedReason(document, text)).toBe(id);
  });

  it('is none where the agreement names none', () => {
    expect(agreedReason(agreement({}), 'too-small')).toBeUndefined();
  });
});
