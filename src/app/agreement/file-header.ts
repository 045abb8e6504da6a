import type { VersionRecord } from './read-versions.ts';

const header = /^# [^\n]*\n# sha-256 ([0-9a-f]{64})\r?\n/;

/**
 * Reads which version a file is based on: the hash in the two comment lines that a pull writes on its top.
 *
 * Undefined for a file that was never pulled.
 */
export const baseHashOf = (text: string): string | undefined => header.exec(text)?.[1];

/** Writes on top of a YAML file which version it is based on, in place of what stood there. */
export function withHeader(
  text: string,
  { name, version }: Pick<VersionRecord, 'name' | 'version'>,
  hash: string,
): string {
  return `# ${name.replaceAll(/\s+/g, ' ')}, version ${version}\n# sha-256 ${hash}\n${text.replace(header, '')}`;
}
