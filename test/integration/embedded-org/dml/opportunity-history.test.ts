import { beforeEach, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg as RunningTestOrg } from '../wire/running-org.ts';
import { NOON, openTestOrg, type TestOrg } from '../../../support/test-org.ts';

const DEAL = { Name: 'Big', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 1000 };
const MINUTE = 60_000;

describe('the history of an opportunity, read by jsforce', () => {
  it('has a row for how it began and one for each change of its stage, amount, probability or close date', async () => {
    await using org = await startTestOrg();
    const { connection } = org;
    org.org.core.clock.freezeAt(NOON);
    const { id } = await connection.sobject('Opportunity').create(DEAL);
    await save(org, id, { NextStep: 'Call' });
    await save(org, id, { Amount: 2000, CloseDate: '2026-10-31' });
    await save(org, id, { Probability: 35 });
    await save(org, id, { StageName: 'Closed Won' });
    const { records } = await connection.query(
      `SELECT StageName, Amount, ExpectedRevenue, CloseDate, Probability, ForecastCategory, CreatedDate, CreatedBy.Name
       FROM OpportunityHistory WHERE OpportunityId = '${id}' ORDER BY CreatedDate`,
    );
    const row = (minute: number, StageName: string, Amount: number, CloseDate: string, Probability: number) => ({
      StageName,
      Amount,
      CloseDate,
      Probability,
      ExpectedRevenue: (Amount * Probability) / 100,
      CreatedDate: new Date(NOON + minute * MINUTE).toISOString().replace('Z', '+0000'),
    });
    expect(records).toMatchObject([
      { ...row(0, 'Prospecting', 1000, '2026-12-31', 10), ForecastCategory: 'Pipeline' },
      row(2, 'Prospecting', 2000, '2026-10-31', 10),
      row(3, 'Prospecting', 2000, '2026-10-31', 35),
      { ...row(4, 'Closed Won', 2000, '2026-10-31', 100), ForecastCategory: 'Closed' },
    ]);
  });

  it('tells on the opportunity when its stage changed last, and which row holds its last amount and close date', async () => {
    await using org = await startTestOrg();
    const { connection } = org;
    org.org.core.clock.freezeAt(NOON);
    const { id } = await connection.sobject('Opportunity').create(DEAL);
    const read = async () =>
      (
        await connection.query(
          'SELECT LastStageChangeDate, HasOpportunityLineItem, LastCloseDateChangedHistoryId, LastAmountChangedHistory.Amount FROM Opportunity',
        )
      ).records[0];
    expect(await read()).toMatchObject({
      LastStageChangeDate: null,
      HasOpportunityLineItem: false,
      LastCloseDateChangedHistoryId: null,
      LastAmountChangedHistory: null,
    });
    await save(org, id, { StageName: 'Closed Won', Amount: 3000 });
    await save(org, id, { Probability: 90 });
    expect(await read()).toMatchObject({
      LastStageChangeDate: '2026-06-15T12:01:00.000+0000',
      LastCloseDateChangedHistoryId: null,
      LastAmountChangedHistory: { Amount: 3000 },
    });
  });

  it('cannot be written', async () => {
    await using org = await startTestOrg();
    const { id } = await org.connection.sobject('Opportunity').create(DEAL);
    const history = org.connection.sobject('OpportunityHistory');
    await expect(history.create({ OpportunityId: String(id), StageName: 'Closed Won' })).rejects.toMatchObject({
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    });
    const [row] = (await org.connection.query('SELECT Id FROM OpportunityHistory')).records;
    await expect(history.destroy(String(row?.Id))).rejects.toMatchObject({
      errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    });
  });
});

const save = async (org: RunningTestOrg, id: string | undefined, changes: object): Promise<void> => {
  org.org.core.clock.advance(MINUTE);
  await org.connection.sobject('Opportunity').update({ Id: String(id), ...changes });
};

describe('the history of an opportunity', () => {
  let test: TestOrg;
  beforeEach(() => {
    test = openTestOrg();
    return () => test.org.close();
  });
  const DML = { allOrNone: false, autoAssign: false, apiVersion: 68 };
  const rows = () => test.query('SELECT Id FROM OpportunityHistory').length;

  it('goes with it into the recycle bin and comes back with it', () => {
    const id = test.create('Opportunity', DEAL);
    test.update('Opportunity', { Id: id, StageName: 'Closed Lost', Amount: 5 });
    test.org.remove(test.admin, [id], DML);
    expect(rows()).toBe(0);
    test.org.undeleteRows(test.admin, [id], DML);
    expect(rows()).toBe(2);
    expect(test.query('SELECT LastAmountChangedHistory.Amount FROM Opportunity')[0]).toMatchObject({
      LastAmountChangedHistory: { Amount: 5 },
    });
  });

  it('begins when a converted lead becomes one', () => {
    const leadId = test.create('Lead', { LastName: 'Bell', Company: 'Acme', OwnerId: test.admin.userId });
    const convertedStatus = 'Closed - Converted';
    const result = test.org.convertLead(test.admin, { leadId, convertedStatus }, DML);
    expect(result.errors).toEqual([]);
    expect(test.query('SELECT OpportunityId, CreatedById FROM OpportunityHistory')).toEqual([
      { OpportunityId: result.opportunityId, CreatedById: test.admin.userId },
    ]);
  });

  it('hides what its reader may not read of opportunities', () => {
    const profileId = test.org.cloneProfile('Standard User', 'Field Sales');
    test.org.setProfileFieldAccess(profileId, 'Opportunity.Amount', { read: false, edit: false });
    const rep = test.createUser('Rep', 'Field Sales');
    test.create('Opportunity', DEAL);
    expect(() => test.query('SELECT Amount FROM OpportunityHistory', rep)).toThrow('No such column');
    expect(
      test.query('SELECT (SELECT StageName, Probability FROM OpportunityHistories) FROM Opportunity', rep),
    ).toMatchObject([
      { OpportunityHistories: { totalSize: 1, records: [{ StageName: 'Prospecting', Probability: 10 }] } },
    ]);
  });
});
