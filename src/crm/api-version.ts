import { PortError } from '../app/ports.ts';

/** The version Accord is written for; an org that does not offer it yet is spoken to in its own highest one. */
export const apiVersion = '68.0';

/** Version below which calls that Accord relies on do not exist (`resultPages` and several composite resources). */
const oldestUsable = 58;

/** Picks the version to speak with an org that offers `available` (as `GET /services/data` lists them). */
export function chooseApiVersion(available: readonly string[]): string {
  if (available.includes(apiVersion)) return apiVersion;
  const highest = available
    .toSorted((a, b) => Number(b) - Number(a))
    .find((version) => Number(version) < Number(apiVersion));
  if (highest === undefined || Number(highest) < oldestUsable) {
    const offer = available.length > 0 ? available.join(', ') : 'none';
    throw new PortError(
      'invalid',
      `The org offers no API version from ${oldestUsable}.0 to ${apiVersion} (it offers ${offer})`,
    );
  }
  return highest;
}
