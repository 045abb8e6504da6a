import { usableApiShare } from '../../ports.ts';
import { type Check, many } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

/** Share of the daily calls past which a busy day may reach the share that Accord stops at. */
const comfortableShare = 0.6;

/** Instants of the org have whole seconds, and an answer takes its time. */
const tolerableSkewMs = 30_000;

/** Finds whether the org has API calls left for the service, and whether both clocks agree. */
export const checkHeadroom: Check = async ({ crm }) => {
  const look = await lookAt(() => crm.readLimits());
  if (!look.seen) return [unseen('api-headroom', 'How many API calls the org has left', look.why)];
  const calls = look.value.byName.get('DailyApiRequests');
  return [
    ...(calls ? callsFindings(calls.max - calls.remaining, calls.max) : []),
    ...skewFindings(crm.clockOffset() ?? 0),
  ];
};

function callsFindings(used: number, max: number): readonly Finding[] {
  if (used < max * comfortableShare) return [];
  const stopped = used >= max * usableApiShare;
  return [
    {
      id: 'api-headroom',
      severity: stopped ? 'blocks-enforce' : 'warns',
      title: stopped
        ? `The org has used so many API calls that the service stops: it leaves the last ${Math.round(100 - usableApiShare * 100)} % to others.`
        : 'The org uses most of its API calls, so the service may have to stop on a busy day.',
      evidence: [`${used} of ${max} calls in the last 24 hours`],
      fixedBy: 'administrator',
      how: 'Setup → Company Information → API Requests, Last 24 Hours: find out who uses them, or buy more.',
    },
  ];
}

function skewFindings(skew: number): readonly Finding[] {
  if (Math.abs(skew) <= tolerableSkewMs) return [];
  const seconds = Math.round(Math.abs(skew) / 1000);
  return [
    {
      id: 'clock-skew',
      severity: 'warns',
      title: `The clock of this machine is ${many(seconds, 'second')} ${skew > 0 ? 'behind' : 'ahead of'} the org's. The service goes by the org's time, as its answers tell it to the second.`,
      evidence: [`org minus machine: ${Math.round(skew / 1000)} s`],
      fixedBy: 'whoever runs the service',
      how: 'Set the clock of the machine by NTP.',
    },
  ];
}
