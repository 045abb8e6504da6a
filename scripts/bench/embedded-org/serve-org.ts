/** Serves an empty org until its input ends, then tells the most memory it ever held. */
import { once } from 'node:events';
import { startOrg } from '../../../src/embedded-org/start-org.ts';

const org = await startOrg({ port: 0 });
const { instanceUrl, accessToken } = org;
process.stdout.write(`${JSON.stringify({ instanceUrl, accessToken })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await org.close();
process.stdout.write(`${JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1_024 })}\n`);
