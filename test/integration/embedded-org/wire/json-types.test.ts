import { describe, expect, it } from 'vitest';
import { startTestOrg } from './running-org.ts';

const LEAD = { LastName: 'Ames', Company: 'Acme' };

const refused = (text: string, place: string): object => ({
  status: 400,
  body: [{ errorCode: 'JSON_PARSER_ERROR', message: `Cannot deserialize instance of ${text}${place}` }],
});

const AT = ' or request may be missing a required field at ';

describe('a JSON value that is none of its field’s type', () => {
  it('is refused in the words of the platform’s parser, with its place', async () => {
    await using org = await startTestOrg();
    const cases: readonly [object, string, string][] = [
      [{ ...LEAD, AnnualRevenue: 'abc' }, `currency from VALUE_STRING value abc${AT}`, '[line:1, column:36]'],
      [{ NumberOfEmployees: 1.5 }, `int from VALUE_NUMBER_FLOAT value 1.5${AT}`, '[line:1, column:2]'],
      [{ NumberOfEmployees: true }, `int from VALUE_TRUE value true${AT}`, '[line:1, column:2]'],
      [{ ...LEAD, IsUnreadByOwner: 1 }, `boolean from VALUE_NUMBER_INT value 1${AT}`, '[line:1, column:36]'],
      [{ ...LEAD, IsUnreadByOwner: 'FALSE' }, `boolean from VALUE_STRING value FALSE${AT}`, '[line:1, column:36]'],
      [{ LastName: { a: 1 } }, `string from START_OBJECT value {${AT}`, '[line:1, column:2]'],
      [{ Company: 'A', Rating: ['Hot'] }, 'picklist from START_ARRAY value ', '[line:1, column:15]'],
      [{ OwnerId: {} }, `reference from START_OBJECT value {${AT}`, '[line:1, column:2]'],
    ];
    for (const [body, text, place] of cases)
      expect(await org.send('POST', 'sobjects/Lead', body)).toMatchObject(refused(text, place));
    const dates: readonly [object, string][] = [
      [{ ActivityDate: 'abc' }, `date from VALUE_STRING value abc${AT}[line:1, column:2]`],
      [{ ActivityDate: '' }, `date from VALUE_STRING value ${AT}[line:1, column:2]`],
      [{ ActivityDate: 20_260_101 }, `date from VALUE_NUMBER_INT value 20260101${AT}[line:1, column:2]`],
      [
        { ReminderDateTime: '2017-10-17 00:00:00' },
        `datetime from VALUE_STRING value 2017-10-17 00:00:00${AT}[line:1, column:2]`,
      ],
    ];
    for (const [body, text] of dates)
      expect(await org.send('POST', 'sobjects/Task', body)).toMatchObject(refused(text, ''));
    expect((await org.connection.query('SELECT Id FROM Lead')).totalSize).toBe(0);
  });

  it('is refused in updates, upserts and trees, too', async () => {
    await using org = await startTestOrg();
    const id = (await org.send('POST', 'sobjects/Lead', LEAD)).body as { id: string };
    const wrong = { NumberOfEmployees: 'many' };
    const message = refused(`int from VALUE_STRING value many${AT}`, '[line:1, column:2]');
    expect(await org.send('PATCH', `sobjects/Lead/${id.id}`, wrong)).toMatchObject(message);
    expect(await org.send('PATCH', `sobjects/Lead/Id/${id.id}`, wrong)).toMatchObject(message);
    const records = [{ attributes: { type: 'Lead', referenceId: 'a' }, ...LEAD, ...wrong }];
    const column = JSON.stringify({ records }).indexOf(',"NumberOfEmployees"') + 1;
    expect(await org.send('POST', 'composite/tree/Lead', { records })).toMatchObject(
      refused(`int from VALUE_STRING value many${AT}`, `[line:1, column:${column}]`),
    );
  });

  it('fails its own record in a collection and its own part of a composite request', async () => {
    await using org = await startTestOrg();
    const good = { attributes: { type: 'Lead' }, ...LEAD };
    const records = [good, { ...good, NumberOfEmployees: 'x' }, good];
    const fault = {
      statusCode: 'JSON_PARSER_ERROR',
      message: `Cannot deserialize instance of int from VALUE_STRING value x${AT}[Source: N/A; line: -1, column: -1][line:-1, column:-1]`,
      fields: [],
    };
    const some = await org.send('POST', 'composite/sobjects', { records });
    expect(some.body).toMatchObject([{ success: true }, { success: false, errors: [fault] }, { success: true }]);
    const none = await org.send('POST', 'composite/sobjects', { records, allOrNone: true });
    const undone = { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] };
    expect(none.body).toMatchObject([undone, { success: false, errors: [fault] }, undone]);
    const parts = await org.send('POST', 'composite', {
      compositeRequest: [
        {
          method: 'POST',
          url: '/services/data/v68.0/sobjects/Lead',
          referenceId: 'a',
          body: { ...LEAD, NumberOfEmployees: {} },
        },
      ],
    });
    const text = `Cannot deserialize instance of int from START_OBJECT value {${AT}[line:1, column:36]`;
    expect(parts.body).toMatchObject({
      compositeResponse: [{ httpStatusCode: 400, body: [{ errorCode: 'JSON_PARSER_ERROR', message: text }] }],
    });
    expect((await org.connection.query('SELECT Id FROM Lead')).totalSize).toBe(2);
  });

  it('is none where text holds a number, a number is to be emptied or a word says yes or no', async () => {
    await using org = await startTestOrg();
    const body = { ...LEAD, NumberOfEmployees: '12', AnnualRevenue: '', IsUnreadByOwner: 'true', PostalCode: 1234 };
    expect((await org.send('POST', 'sobjects/Lead', body)).status).toBe(201);
    const { records } = await org.connection.query(
      'SELECT NumberOfEmployees, AnnualRevenue, IsUnreadByOwner, PostalCode FROM Lead',
    );
    expect(records).toMatchObject([
      { NumberOfEmployees: 12, AnnualRevenue: null, IsUnreadByOwner: true, PostalCode: '1234' },
    ]);
  });
});
