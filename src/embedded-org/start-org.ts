import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { Outbox } from './actions/outbox.ts';
import type { Org } from './data/org-core.ts';
import { inTransaction } from './data/dml/run-batch.ts';
import type { UserContext } from './data/types.ts';
import { administratorIds } from './data/security/administrators.ts';
import { OrgClock } from './data/org-clock.ts';
import { openOrg } from './open-org.ts';
import { BulkRunner } from './wire/bulk/bulk-runner.ts';
import { JobStore } from './wire/bulk/job-store.ts';
import { openDataFolder } from './wire/data-folder.ts';
import { Deployments } from './wire/metadata/deployments.ts';
import { Retrievals } from './wire/metadata/retrievals.ts';
import { createConnectedApps } from './wire/oauth/connected-apps.ts';
import { OrgLimits } from './http/org-limits.ts';
import { DescribeStamps } from './wire/rest/describe-stamps.ts';
import { QueryLocators } from './wire/rest/query-locators.ts';
import { buildServer } from './wire/server.ts';
import { Sessions } from './http/sessions.ts';
import type { WireContext } from './wire/wire-context.ts';
import { defaultOrgSettings } from './http/org-settings.ts';

/** Nobody could sign in to the org and let others in. */
export class NoAdministrator extends Error {
  constructor(folder: string | undefined) {
    super(
      `No user of the org in ${folder} is an active System Administrator, so nobody can open it. ` +
        'Start it with another data folder, or put back a copy of this one from before its last administrator was deactivated.',
    );
    this.name = 'NoAdministrator';
  }
}

export type StartOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Keeps the org's data between runs; without it the data is temporary. */
  readonly dataDir?: string;
  /** Fills the org with the sample company, once, before it accepts requests. */
  readonly sample?: boolean;
  readonly clock?: OrgClock;
  /** Lets tests ask for faults at `/services/embedded/faults`. */
  readonly faults?: boolean;
  /** Told of errors that are the embedded org's own fault; default: the process's standard error. */
  readonly reportFault?: (error: unknown) => void;
};

export type RunningOrg = {
  readonly instanceUrl: string;
  /** A session of the org's first administrator. */
  readonly accessToken: string;
  readonly username: string;
  readonly org: Org;
  readonly sessions: Sessions;
  /** Stops serving, closes the database and removes temporary data. */
  close(): Promise<void>;
};

/**
 * Starts a local Salesforce on the loopback address.
 *
 * Rejects with DataFolderInUse when another process holds the data folder, with EADDRINUSE when the port is taken, with
 * NoAdministrator when nobody could sign in.
 */
export async function startOrg(options: StartOptions): Promise<RunningOrg> {
  const folder = openDataFolder(options.dataDir);
  let opened: Org | undefined;
  const release = (): void => {
    opened?.close();
    folder.release();
  };
  try {
    const org = openOrg({ path: folder.databasePath, clock: options.clock ?? new OrgClock() });
    opened = org;
    if (options.sample) await fillWithSample(org);
    const wire = createContext(org, folder.spoolDir, options.reportFault ?? writeFault);
    return await listen(wire, options, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** Loads the sample company once into an org, all of it or nothing. */
async function fillWithSample(org: Org): Promise<void> {
  const { db, clock } = org.core;
  db.exec('create table if not exists wire_sample (loaded_at integer not null)');
  if (db.prepare('select 1 from wire_sample').get() !== undefined) return;
  const { loadSample } = await import('./sample/load-sample.ts');
  inTransaction(org.core, () => {
    loadSample(org);
    db.prepare('insert into wire_sample (loaded_at) values (?)').run(clock.now());
    return { keep: true };
  });
}

const writeFault = (error: unknown): void => void process.stderr.write(`${inspect(error)}\n`);

async function listen(wire: WireContext, options: StartOptions, release: () => void): Promise<RunningOrg> {
  const admin = firstAdministrator(wire.org, options.dataDir);
  const server = await buildServer(wire, options);
  await server.listen({ host: '127.0.0.1', port: options.port });
  wire.instanceUrl = `http://localhost:${(server.server.address() as AddressInfo).port}`;
  wire.bulk.resume();
  const { org, sessions } = wire;
  return {
    instanceUrl: wire.instanceUrl,
    accessToken: sessions.create(admin.userId),
    username: admin.username,
    org,
    sessions,
    close: async () => {
      await server.close();
      await wire.bulk.close();
      await wire.deployments.close();
      await wire.retrievals.close();
      release();
    },
  };
}

function firstAdministrator(org: Org, dataDir: string | undefined): UserContext {
  const [id] = administratorIds(org.core);
  if (id === undefined) throw new NoAdministrator(dataDir);
  return org.user(id);
}

function createContext(org: Org, spoolDir: string, reportFault: (error: unknown) => void): WireContext {
  const { clock, db, organizationId } = org.core;
  createConnectedApps(db);
  const jobs = new JobStore(db, spoolDir);
  const limits = new OrgLimits(clock);
  return {
    org,
    sessions: new Sessions(db, clock, organizationId),
    limits,
    settings: defaultOrgSettings(),
    locators: new QueryLocators(clock),
    describeStamps: new DescribeStamps(clock),
    jobs,
    bulk: new BulkRunner(org, jobs, limits, reportFault),
    deployments: new Deployments(org, reportFault),
    outbox: new Outbox(db, clock),
    retrievals: new Retrievals(org, reportFault),
    reportFault,
    instanceUrl: '',
  };
}
