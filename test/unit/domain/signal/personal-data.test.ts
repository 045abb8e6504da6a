import { describe, expect, it } from 'vitest';
import { isPersonalKey, withoutContacts } from '../../../../src/domain/signal/personal-data.ts';

describe('what tells who somebody is', () => {
  it.each([
    'email',
    'user_email',
    'emailAddress',
    'phone_number',
    'Phone',
    'fullName',
    'first-name',
    'userAgent',
    'page_url',
    'name',
    'contact.name',
    'birthDate',
    'ip',
  ])('is named by the key %s', (key) => {
    expect(isPersonalKey(key)).toBe(true);
  });

  it.each([
    'plan',
    'planName',
    'campaign_name',
    'seats',
    'utm_source',
    'skip',
    'description',
    'equipment',
    'company_name',
  ])('is not named by the key %s', (key) => {
    expect(isPersonalKey(key)).toBe(false);
  });

  it.each([
    ['/unsubscribe/john@buyer.example', '/unsubscribe/…'],
    ['/unsubscribe/john%40buyer.example/now', '/unsubscribe/…/now'],
    ['mailto:John.Doe+x@buyer.co.example', 'mailto:…'],
    ['Call +49 151 2345678 now', 'Call … now'],
    ['0151-23456789', '…'],
    ['(555) 123-4567', '…'],
    ['555.123.4567', '…'],
    ['/tel/+4915123456789', '/tel/…'],
  ])('is taken out of the text %s', (text, expected) => {
    expect(withoutContacts(text)).toBe(expected);
  });

  it.each([
    '/pricing/2026/03/01/12345678',
    '2026-03-01T10:00:00.000Z',
    '2026-03-01',
    'order 12345678',
    '4711-0815',
    '1,000,000.00',
    '0.1234567891',
    '192.168.2.100',
    '@handle',
    'a0B1c2D3-0012-4e5f-8a9b-012345678901',
    'v10.20.30',
  ])('is not seen in the text %s', (text) => {
    expect(withoutContacts(text)).toBe(text);
  });

  it('is looked for in a time that grows with the text alone', () => {
    const begin = performance.now();
    withoutContacts('a'.repeat(200_000));
    withoutContacts('0 '.repeat(100_000));
    withoutContacts('a@'.repeat(100_000));
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});
