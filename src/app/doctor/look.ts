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
    return { seen: false, why: error.message };
  }
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
