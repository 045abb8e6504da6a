import { type Clock, type Crm, type CrmUser, PortError, usableApiShare } from '../app/ports.ts';
import { ApiBudget } from './api-budget.ts';
import { deploySource } from './deploy/deploy-source.ts';
import { describeObject, toCrmObject } from './describe.ts';
import { extractRows } from './extract/extract-rows.ts';
import { FieldTypes } from './field-types.ts';
import { countRecords, readLimits } from './org-limits.ts';
import { pollChanges } from './poll-changes.ts';
import { queryRecords } from './query-records.ts';
import type { OrgTime } from './org-time.ts';
import type { Session } from './session.ts';
import { Transport } from './transport.ts';
import { writeRecords } from './write/write-records.ts';

export type CrmOptions = {
  /** Share of the org's daily API calls, used by everybody together, past which Accord makes none; default `usableApiShare`. */
  readonly maxApiShare?: number;
  /** Records above which a write goes through the Bulk API; default 2,000. */
  readonly bulkThreshold?: number;
  /** Rows asked for in one page of a Bulk result; default 50,000. */
  readonly bulkPageRows?: number;
  /** Rows handed on at a time by `extract`; default 500. More are kept alive longer, which costs memory and collections. */
  readonly batchRows?: number;
  /** Bytes of CSV in one Bulk upload; default 90 MB. */
  readonly uploadBytes?: number;
  /** Milliseconds before the first repetition of anything; default 300. */
  readonly firstPause?: number;
  /** The machine's clock; default `Date`. */
  readonly clock?: Clock;
  /** Milliseconds without progress after which a Bulk job is given up; default 30 minutes. */
  readonly jobPatience?: number;
};

const longestPoll = 5_000;

/** Makes a Crm out of a signed-in session whose API version is settled. */
export function createCrm(session: Session, options: CrmOptions, orgTime: OrgTime): Crm {
  const { firstPause = 300 } = options;
  const budget = new ApiBudget(options.maxApiShare ?? usableApiShare, Date.now);
  const transport = new Transport(session, budget, orgTime, { firstPause });
  const fieldTypes = new FieldTypes(transport);
  const polling = { firstPoll: Math.min(200, firstPause), longestPoll, patience: options.jobPatience ?? 30 * 60_000 };
  const results = { pageRows: options.bulkPageRows ?? 50_000, batchRows: options.batchRows ?? 500 };
  const writing = {
    bulkThreshold: options.bulkThreshold ?? 2_000,
    uploadBytes: options.uploadBytes ?? 90_000_000,
    lockPause: firstPause,
    polling,
  };
  return {
    whoAmI: () => whoAmI(transport),
    describe: async (object) => {
      const described = await describeObject(transport, object);
      return described && toCrmObject(described);
    },
    query: (soql, options) => queryRecords(transport, soql, options),
    extract: (request) => extractRows(transport, fieldTypes, request, { polling, results }),
    pollChanges: (polls) => pollChanges(transport, fieldTypes, polls),
    write: (request) => writeRecords(transport, request, writing),
    apiUsage: () => budget.usage(),
    clockOffset: () => orgTime.offset,
    readLimits: () => readLimits(transport),
    countRecords: (objects) => countRecords(transport, objects),
    deploy: async (request) => {
      const report = await deploySource(transport, request, polling);
      fieldTypes.clear();
      return report;
    },
  };
}

type UserInfo = {
  readonly user_id: string;
  readonly organization_id: string;
  readonly preferred_username: string;
  readonly email: string;
};

async function whoAmI(transport: Transport): Promise<CrmUser> {
  const doing = 'Asking who is signed in';
  const info = await transport.json<UserInfo>({ doing, method: 'GET', path: '/services/oauth2/userinfo' });
  if (!info?.user_id) throw new PortError('bug', `${doing} failed: the answer names no user`);
  return {
    userId: info.user_id,
    username: info.preferred_username,
    email: info.email,
    orgId: info.organization_id,
    instanceUrl: transport.instanceUrl,
  };
}
