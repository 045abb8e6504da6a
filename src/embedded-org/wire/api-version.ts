import { OrgError } from '../data/org-error.ts';

const OLDEST = 45;
const NEWEST = 68;

const RELEASES = ['Spring', 'Summer', 'Winter'] as const;

/** The API versions served, as `GET /services/data` lists them. Version 45 was Spring ’19; three a year follow. */
export function listVersions(): readonly { label: string; url: string; version: string }[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, step) => {
    const release = RELEASES[step % 3];
    const year = 19 + Math.floor(step / 3) + (release === 'Winter' ? 1 : 0);
    const version = `${OLDEST + step}.0`;
    return { label: `${release} '${year}`, url: `/services/data/v${version}`, version };
  });
}

/** Reads `v68.0` from a path; throws NOT_FOUND for a version that is not served. */
export function parseVersion(segment: string): number {
  const major = /^v(\d{2})\.0$/.exec(segment)?.[1];
  const version = Number(major);
  if (major === undefined || version < OLDEST || version > NEWEST) {
    throw new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  return version;
}
