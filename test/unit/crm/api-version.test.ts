import { expect, it } from 'vitest';
import { apiVersion, chooseApiVersion } from '../../../src/crm/api-version.ts';

it('prefers the version that Accord is written for, also in a newer org', () => {
  expect(chooseApiVersion(['67.0', apiVersion, '99.0'])).toBe(apiVersion);
});

it('takes the highest version of an older org, by number and not by text', () => {
  expect(chooseApiVersion(['59.0', '67.0', '66.0', '9.0'])).toBe('67.0');
});

it('refuses an org that is too old, and tells what it offers', () => {
  expect(() => chooseApiVersion(['45.0', '57.0'])).toThrow('it offers 45.0, 57.0');
  expect(() => chooseApiVersion([])).toThrow('it offers none');
});
