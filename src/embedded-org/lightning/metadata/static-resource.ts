import { createHash } from 'node:crypto';
import JSZip from 'jszip';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import { inflateEntry } from '../../metadata/inflate-entry.ts';
import { parseXml, textOf } from '../../metadata/xml-element.ts';

export type ResourceFile = { readonly bytes: Uint8Array; readonly type: string };

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  map: 'application/json',
  mjs: 'text/javascript',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  woff2: 'font/woff2',
};

/** The deployment bounds an archive but not what is in it; a resource of the platform has 5 MB in all. */
const LARGEST_FILE = 50 * 1024 * 1024;

/** Reads deployed static resources; an unpacked archive is kept until its resource changes. */
export class StaticResources {
  readonly #org: Org;
  readonly #archives = new Map<string, { readonly key: string; readonly archive: Promise<JSZip> }>();

  constructor(org: Org) {
    this.#org = org;
  }

  names(): readonly string[] {
    return this.#org.metadataNames('StaticResource');
  }

  /** A plain resource, or for an archive the file at `path` in it; undefined when there is none. Throws for one too large. */
  async find(name: string, path: string): Promise<ResourceFile | undefined> {
    if (!this.names().includes(name)) return undefined;
    const files = [...this.#org.metadataFiles('StaticResource', name)];
    const meta = files.find(([file]) => file.endsWith('-meta.xml'))?.[1];
    const content = files.find(([file]) => !file.endsWith('-meta.xml'))?.[1];
    if (!content) return undefined;
    const type = (meta && textOf(parseXml(meta), 'contentType')) ?? 'application/octet-stream';
    if (path === '') return { bytes: content, type };
    if (!type.includes('zip')) return undefined;
    const file = (await this.#unpack(name, content)).file(path);
    if (!file) return undefined;
    return { bytes: await inflateEntry(file, LARGEST_FILE, tooLarge(name, path)), type: typeOf(path) };
  }

  #unpack(name: string, content: Uint8Array): Promise<JSZip> {
    const key = createHash('sha256').update(content).digest('hex');
    const known = this.#archives.get(name);
    if (known?.key === key) return known.archive;
    const archive = JSZip.loadAsync(content);
    this.#archives.set(name, { key, archive });
    return archive;
  }
}

const tooLarge = (name: string, path: string): OrgError =>
  new OrgError(
    'EXCEEDED_MAX_SIZE_REQUEST',
    `The file ${path} of the static resource ${name} has more than ${LARGEST_FILE} bytes unpacked. Deploy a smaller one.`,
  );

const typeOf = (path: string): string => TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
