import { PortError } from '../ports.ts';
import type { Finding } from './finding.ts';

/** What was found where it was looked, or why it could not be looked at. */
export type Look<T> = { readonly seen: true; readonly value: T } | { readonly seen: false; readonly why: string };

/** Looks at a part of the org that this user, edition or org may not show; that is told apart from finding nothing. */
export async function lookAt<T>(read: () => Promise<T>): Promise<Look<T>> {
  try {
    return { seen: true, value: await read() };
  } catch (error) {
    if (!(error instanceof PortError) || error.code === 'bug') throw error;
    return { seen: false, why: reasonOf(error.message) };
  }
}

/** The reason out of an error: Salesforce repeats the query before it, and adds advice for people who mistyped a name. */
function reasonOf(message: string): string {
  const told = message.replace(/^[\s\S]*(?:failed: |ERROR at Row:\d+:Column:\d+)/, '').trim();
  const code = /\([A-Z_]+\)/.exec(told)?.[0];
  const sentence = told.split(/(?<=\.)\s/)[0] ?? told;
  return code && !sentence.includes(code) ? `${sentence} ${code}` : sentence;
}

/** The finding that stands for what could not be looked at. */
export const unseen = (id: string, what: string, why: string): Finding => ({
  id: `${id}-unseen`,
  severity: 'info',
  title: `${what} could not be looked at.`,
  evidence: [why],
  fixedBy: 'administrator',
  how: 'Look at it in Setup, or run "accord doctor" as a user with View Setup and Configuration.',
});
