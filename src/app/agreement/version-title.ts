import type { VersionRecord } from './read-versions.ts';

/** How messages call a version: `Northwind v3`. */
export const titleOf = ({ name, version }: Pick<VersionRecord, 'name' | 'version'>): string => `${name} v${version}`;
