import JSZip from 'jszip';
import { OrgError } from '../data/org-error.ts';
import { inflateEntry } from './inflate-entry.ts';

/** The platform's own limits of a deployment. */
const MOST_FILES = 10_000;
const MOST_BYTES = 400 * 1024 * 1024;

/**
 * Unpacks a deployment into path → bytes, without its outer folder if it has one.
 *
 * Throws OrgError for what is no zip, for paths that leave the archive and for content beyond the platform's limits.
 */
export async function readZip(bytes: Uint8Array, mostBytes = MOST_BYTES): Promise<ReadonlyMap<string, Uint8Array>> {
  const zip = await open(bytes);
  const entries = Object.values(zip.files).filter((entry) => !entry.dir);
  if (entries.length > MOST_FILES) throw refused(`it has ${entries.length} files, at most ${MOST_FILES} are allowed`);
  const files = new Map<string, Uint8Array>();
  let left = mostBytes;
  for (const entry of entries) {
    const content = await inflate(entry, left, tooLarge(mostBytes));
    left -= content.byteLength;
    files.set(safePath(entry), content);
  }
  return withoutOuterFolder(files);
}

async function open(bytes: Uint8Array): Promise<JSZip> {
  try {
    return await JSZip.loadAsync(bytes);
  } catch {
    throw refused('it is not a zip file');
  }
}

async function inflate(entry: JSZip.JSZipObject, limit: number, beyond: OrgError): Promise<Uint8Array> {
  try {
    return await inflateEntry(entry, limit, beyond);
  } catch (error) {
    throw error === beyond ? error : refused(`${entry.name} cannot be unpacked: ${(error as Error).message}`);
  }
}

function safePath(entry: JSZip.JSZipObject): string {
  const path = (entry as { unsafeOriginalName?: string }).unsafeOriginalName ?? entry.name;
  const parts = path.split('/');
  if (
    path.startsWith('/') ||
    path.includes('\\') ||
    path.includes('\0') ||
    parts.includes('..') ||
    /^[A-Za-z]:/.test(path)
  ) {
    throw refused(`the path ${JSON.stringify(path)} leaves the archive`);
  }
  return path;
}

function withoutOuterFolder(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  if (files.has('package.xml')) return files;
  const manifest = [...files.keys()].find((path) => /^[^/]+\/package\.xml$/.test(path));
  if (manifest === undefined) throw refused('No package.xml found');
  const folder = manifest.slice(0, -'package.xml'.length);
  const inside = [...files].filter(([path]) => path.startsWith(folder));
  return new Map(inside.map(([path, bytes]) => [path.slice(folder.length), bytes]));
}

const tooLarge = (mostBytes: number): OrgError => refused(`its files have more than ${mostBytes} bytes`);

const refused = (why: string): OrgError => new OrgError('INVALID_PARAMETER', `The deployment was refused: ${why}.`);
