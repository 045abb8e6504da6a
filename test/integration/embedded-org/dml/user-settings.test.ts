import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

describe('settings of a user', () => {
  it.each([
    ['TimeZoneSidKey', 'Asia/Kolkata', 'Mars/Olympus', 'Time Zone'],
    ['LocaleSidKey', 'de_DE', 'xx_YY', 'Locale'],
    ['LanguageLocaleKey', 'pt_BR', 'klingon', 'Language'],
    ['EmailEncodingKey', 'ISO-8859-1', 'EBCDIC', 'Email Encoding'],
  ])('have a %s of the list', (field, good, bad, label) => {
    const { userId } = test.createUser('Ann');
    expect(test.update('User', { Id: userId, [field]: good }).errors).toEqual([]);
    expect(test.update('User', { Id: userId, [field]: bad }).errors).toEqual([
      {
        statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: `${label}: bad value for restricted picklist field: ${bad}`,
        fields: [field],
      },
    ]);
  });

  it('of before they were checked do no harm: days are told by Greenwich then', () => {
    const { userId } = test.createUser('Ann');
    test.create('Lead', { LastName: 'Ames', Company: 'Acme', OwnerId: userId });
    test.org.core.db
      .prepare(`update "User" set "TimeZoneSidKey" = 'Mars/Olympus', "LocaleSidKey" = '?' where "Id" = ?`)
      .run(userId);
    test.update('User', { Id: userId, Title: 'Rep' });
    const ann = test.org.user(userId);
    expect([ann.timeZone, ann.locale]).toEqual(['GMT', 'en_US']);
    expect(test.query('SELECT Name FROM Lead WHERE CreatedDate = TODAY', ann)).toEqual([{ Name: 'Ames' }]);
  });
});
