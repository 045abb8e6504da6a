import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AgreedOrg } from '../integration/app/agreed-org.ts';

/** An org with a signed agreement and `leads` leads, half of them below its limit, on the machine's clock. */
export async function orgWithLeads(leads: number): Promise<AgreedOrg> {
  const org = await AgreedOrg.start();
  // The child reads the machine's clock, so the org's must agree with it.
  org.orgClock.freezeAt(Date.now());
  org.orgClock.run();
  await org.push();
  await org.sign();
  const { org: data } = org.running;
  const rows = Array.from({ length: leads }, (_, index) => ({
    LastName: `Lead ${index}`,
    Company: 'Engines',
    NumberOfEmployees: index % 100,
    OwnerId: org.people.ana.userId,
  }));
  for (let at = 0; at < leads; at += 200) {
    const options = { allOrNone: true, autoAssign: false, apiVersion: 68 };
    data.insert(data.system(), 'Lead', rows.slice(at, at + 200), options);
  }
  return org;
}

/** Runs a sync in a process of its own; kills it so long after it reported a stage. True when it ended by itself. */
export async function runSyncProcess(org: AgreedOrg, store: string, stage?: string, after = 0): Promise<boolean> {
  const accessToken = org.running.sessions.create(org.people.service.userId);
  const script = join(import.meta.dirname, 'sync-child.ts');
  const args = [script, org.running.instanceUrl, accessToken, join(org.folder, store)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const before = text;
    text += chunk;
    if (stage && text.includes(stage) && !before.includes(stage)) void pause(after).then(() => child.kill('SIGKILL'));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}
