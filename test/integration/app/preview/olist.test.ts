import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAgreementFile } from '../../../../src/app/agreement/read-agreement-file.ts';
import { chooseFile } from '../../../../src/app/preview/choose-versions.ts';
import { previewAgreement } from '../../../../src/app/preview/preview-agreement.ts';
import { countHere } from '../../../../src/app/preview/slice-counter.ts';
import type { Store } from '../../../../src/app/ports.ts';
import type { PreviewResult } from '../../../../src/domain/preview/preview-result.ts';
import { readCsv } from '../../../support/read-csv.ts';
import { AgreedOrg, silent } from '../agreed-org.ts';

const data = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data');
const [leadsFile, dealsFile] = ['olist-mqls.csv', 'olist-closed-deals.csv'].map((name) => join(data, name)) as [
  string,
  string,
];
const absent = !existsSync(leadsFile) || !existsSync(dealsFile);

const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;
const now = ['organic search', 'paid search', 'social', 'direct traffic'];
const next = ['organic search', 'direct traffic', 'referral'];
const period = { from: Date.parse('2018-02-01T00:00:00Z'), to: Date.parse('2018-05-01T00:00:00Z') - 1 };

const document = (sources: readonly string[]): string => `accord: 1
name: Olist
timeZone: UTC
parties: { marketing: { signers: [carl@northwind.example] }, sales: { signers: [vera@northwind.example] } }
highestMode: observe
facts: { source: { field: Lead.LeadSource } }
stages:
  - { id: inquiry, title: Inquiry }
  - { id: mql, title: MQL, when: { all: [ { source: { in: [${sources.join(', ')}] } } ] } }
outcome: { success: won, value: Opportunity.Amount }
`;

type Row = Readonly<Record<string, string>>;

describe.skipIf(absent)(
  `a preview of dated history${absent ? ' (skipped: the data is not on this machine)' : ''}`,
  () => {
    let org: AgreedOrg;
    let store: Store;
    let leads: readonly Row[];
    let deals: ReadonlyMap<string, Row>;
    let result: PreviewResult;

    beforeAll(async () => {
      leads = readCsv(leadsFile);
      deals = new Map(readCsv(dealsFile).map((row) => [row['mql_id'] ?? '', row]));
      org = await AgreedOrg.start();
      loadInOrder(org, leads, deals);
      org.orgClock.freezeAt(Date.parse('2018-12-01T00:00:00Z'));
      await org.push(document(next));
      store = await org.openStore();
      await org.sync(store);
      result = await preview(org, store);
    }, 180_000);

    afterAll(async () => {
      await store?.close();
      await org?.[Symbol.asyncDispose]();
    });

    const inPeriod = (row: Row): boolean => {
      const at = createdAt(row);
      return at >= period.from && at <= period.to;
    };
    const of = (sources: readonly string[], row: Row): boolean => sources.includes(row['origin'] ?? '');
    const figures = (rows: readonly Row[]) => {
      const won = rows.map((row) => deals.get(row['mql_id'] ?? '')).filter((deal) => deal !== undefined);
      const worth =
        won.reduce((sum, deal) => sum + Math.round(Number(deal['declared_monthly_revenue']) * 100), 0) / 100;
      return { people: rows.length, won: won.length, worth };
    };
    const told = ({ people, succeeded, worth }: PreviewResult['dropped']) => ({ people, won: succeeded.count, worth });

    it('tells who reaches the stage, is dropped or added, how many of them were won and what they were worth', () => {
      const some = leads.filter(inPeriod);
      expect(some.length).toBeGreaterThan(2_000);
      expect(told(result.reached.current)).toEqual(figures(some.filter((row) => of(now, row))));
      expect(told(result.reached.proposed)).toEqual(figures(some.filter((row) => of(next, row))));
      expect(told(result.dropped)).toEqual(figures(some.filter((row) => of(now, row) && !of(next, row))));
      expect(told(result.added)).toEqual(figures(some.filter((row) => of(next, row) && !of(now, row))));
      expect(result.dropped.succeeded.count).toBeGreaterThan(100);
    });

    it('tells the same by week and by source', () => {
      const entered = (dimension: 'week' | 'source') =>
        (result.by[dimension] ?? []).flatMap(({ value, stages }) => {
          const mql = stages.find(({ stage }) => stage === 'mql')?.entered;
          return mql ? [[value, mql.current, mql.proposed]] : [];
        });
      const counted = (keyOf: (row: Row) => string) =>
        [...Map.groupBy(leads.filter(inPeriod), keyOf)].flatMap(([value, rows]) => {
          const counts = [now, next].map((sources) => rows.filter((row) => of(sources, row)).length);
          return counts.some((count) => count > 0) ? [[value, ...counts]] : [];
        });
      const weekOf = (row: Row): string => DateTime.fromMillis(createdAt(row), { zone: 'utc' }).toFormat("kkkk-'W'WW");
      expect(entered('week')).toEqual(counted(weekOf).toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
      const bySource = new Map(entered('source').map(([source, ...counts]) => [source, counts]));
      const byHand = counted((row) => row['origin'] ?? '').map(([source, ...counts]) => [source, counts] as const);
      expect(bySource).toEqual(new Map(byHand));
    });

    it('counts everybody who was there by the end of the period', () => {
      const there = leads.filter((row) => createdAt(row) <= period.to);
      expect(result.people).toBe(there.length);
      const [inquiry, mql] = result.stages;
      const reached = there.filter((row) => of(next, row)).length;
      expect([inquiry?.present.proposed, mql?.present.proposed]).toEqual([there.length - reached, reached]);
    });

    it('compares those who meet a condition with those who came in the same time and do not', () => {
      const known = leads.filter((row) => inPeriod(row) && (row['origin'] ?? '') !== '');
      const [met, notMet] = [true, false].map((isMet) => figures(known.filter((row) => of(next, row) === isMet)));
      const [clause] = result.clauses;
      expect(clause?.coverage).toMatchObject({ count: known.length, of: leads.filter(inPeriod).length });
      expect(clause?.succeededWhereMet).toMatchObject({ count: met?.won, of: met?.people });
      expect(clause?.succeededWhereNotMet).toMatchObject({ count: notMet?.won, of: notMet?.people });
      expect([clause?.admitsAlone, clause?.excludesAlone]).toEqual([
        met?.people,
        leads.filter(inPeriod).length - (met?.people ?? 0),
      ]);
    });
  },
);

const createdAt = (row: Row): number => Date.parse(`${row['first_contact_date']}T12:00:00Z`);

/** Brings the leads in at their dates, and the won deals as conversions at theirs, by the clock of the org. */
function loadInOrder(org: AgreedOrg, leads: readonly Row[], deals: ReadonlyMap<string, Row>): void {
  const { org: inside } = org.running;
  const ids = new Map<string, string>();
  for (const row of leads.toSorted((a, b) => createdAt(a) - createdAt(b))) {
    org.orgClock.freezeAt(createdAt(row));
    ids.set(row['mql_id'] ?? '', org.addLead({ LastName: row['mql_id'], LeadSource: row['origin'] || null }));
  }
  const wonAt = (deal: Row): number => Date.parse(`${deal['won_date']?.replace(' ', 'T')}Z`);
  for (const [lead, deal] of [...deals].toSorted(([, a], [, b]) => wonAt(a) - wonAt(b))) {
    org.orgClock.freezeAt(wonAt(deal));
    const converted = inside.convertLead(
      inside.system(),
      { leadId: ids.get(lead) ?? '', convertedStatus: 'Closed - Converted' },
      system,
    );
    const won = {
      Id: String(converted.opportunityId),
      StageName: 'Closed Won',
      Amount: Number(deal['declared_monthly_revenue']),
    };
    const [saved] = inside.update(inside.system(), 'Opportunity', [won], system);
    if (!saved?.success) throw new Error(`The deal of ${lead} was not won: ${JSON.stringify(saved?.errors)}`);
  }
}

async function preview(org: AgreedOrg, store: Store): Promise<PreviewResult> {
  const crm = await org.crm(org.people.service);
  const [proposed, current] = [next, now].map((sources) =>
    chooseFile(readAgreementFile(Buffer.from(document(sources)), 'olist.yaml'), []),
  ) as [ReturnType<typeof chooseFile>, ReturnType<typeof chooseFile>];
  const ports = { crm, store, clock: org.clock, progress: silent, counter: countHere(store) };
  const against = [{ chosen: current, from: -Infinity }];
  return previewAgreement(ports, { proposed, against, ...period, stop: new AbortController().signal });
}
