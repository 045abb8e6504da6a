import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Org } from './data/org-core.ts';
import { OrgClock } from './data/org-clock.ts';
import { openOrg } from './data/org.ts';
import { createConnectedApps } from './wire/oauth/connected-apps.ts';
import { OrgLimits } from './wire/org-limits.ts';
import { QueryLocators } from './wire/rest/query-locators.ts';
import { buildServer } from './wire/server.ts';
import { Sessions } from './wire/sessions.ts';
import type { WireContext } from './wire/wire-context.ts';
import { defaultWireSettings } from './wire/wire-settings.ts';

const ADMIN = 'admin@accord.example';

export type StartOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Keeps the org's data between runs; without it the data is temporary. */
  readonly dataDir?: string;
  /** Fills a new org before it accepts requests. */
  readonly sample?: (org: Org) => Promise<void>;
  readonly clock?: OrgClock;
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

/** Starts a local Salesforce on the loopback address. Rejects with the system's error when the port is taken. */
export async function startOrg(options: StartOptions): Promise<RunningOrg> {
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'accord-org-')));
  const spoolDir = join(folder, 'spool');
  await mkdir(spoolDir, { recursive: true });
  const org = openOrg({ path: join(folder, 'org.db'), clock: options.clock ?? new OrgClock() });
  const wire = createContext(org, spoolDir, options.reportFault ?? ((error) => console.error(error)));
  const release = async (): Promise<void> => {
    org.close();
    if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    await options.sample?.(org);
    return await listen(wire, options.port, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function listen(wire: WireContext, port: number, release: () => Promise<void>): Promise<RunningOrg> {
  const server = await buildServer(wire);
  await server.listen({ host: '127.0.0.1', port });
  wire.instanceUrl = `http://localhost:${(server.server.address() as AddressInfo).port}`;
  const { org, sessions } = wire;
  const admin = org.findUserByUsername(ADMIN);
  if (!admin) throw new Error(`The org has no active user ${ADMIN}`);
  return {
    instanceUrl: wire.instanceUrl,
    accessToken: sessions.create(admin.userId),
    username: admin.username,
    org,
    sessions,
    close: async () => {
      await server.close();
      await release();
    },
  };
}

function createContext(org: Org, spoolDir: string, reportFault: (error: unknown) => void): WireContext {
  const { clock, db, organizationId } = org.core;
  createConnectedApps(db);
  return {
    org,
    sessions: new Sessions(db, clock, organizationId),
    limits: new OrgLimits(clock),
    settings: defaultWireSettings(),
    locators: new QueryLocators(clock),
    spoolDir,
    reportFault,
    instanceUrl: '',
  };
}
