import { startOrg } from '../../../src/embedded-org/start-org.ts';
import { lead } from './lead.ts';

/** Serves an org with as many leads as the first argument says, tells where, and stops when its parent lets go. */
const size = Number(process.argv[2]);
const running = await startOrg({ port: 0 });
const { org } = running;
const options = { allOrNone: false, autoAssign: false, apiVersion: 68 };
const batch = 2_000;
for (let first = 0; first < size; first += batch) {
  const rows = Array.from({ length: Math.min(batch, size - first) }, (_, index) => lead(first + index));
  const failed = org.insert(org.system(), 'Lead', rows, options).find((result) => !result.success);
  if (failed) throw new Error(`The org refused a lead: ${JSON.stringify(failed)}`);
}
const { instanceUrl, accessToken } = running;
process.stdout.write(`${JSON.stringify({ instanceUrl, accessToken })}\n`);
process.stdin.resume();
process.stdin.on('end', () => void running.close());
