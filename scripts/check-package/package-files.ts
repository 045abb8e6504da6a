import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Finding } from './finding.ts';
import { parseXml, type XmlNode } from './xml-node.ts';

/** One metadata file: `fullName` as an org knows it, so `Lead.Accord_Stage__c` for a field. */
export type MetadataFile = {
  readonly path: string;
  readonly type: string;
  readonly fullName: string;
  /** Object that the file lies under; undefined outside `objects`. */
  readonly object: string | undefined;
  readonly root: XmlNode;
};

export type TextFile = { readonly path: string; readonly text: string; readonly size: number };

const TEXT = /\.(ts|js|html|css)$/;
const OF_OBJECT = new Set(['CustomField', 'ValidationRule', 'ListView', 'WebLink', 'RecordType', 'CompactLayout']);

/** Reads the metadata files below a folder; malformed ones become findings. */
export function readMetadataFiles(root: string, folder: string): { files: MetadataFile[]; findings: Finding[] } {
  const files: MetadataFile[] = [];
  const findings: Finding[] = [];
  for (const path of walk(join(root, folder)).filter((each) => each.endsWith('-meta.xml'))) {
    const shown = relative(root, path).split(sep).join('/');
    const node = parseXml(readFileSync(path, 'utf8'));
    if (typeof node === 'string') {
      const advice = 'Mend the XML.';
      findings.push({ file: shown, line: 1, rule: 'malformed', problem: node, advice });
    } else files.push(toMetadataFile(shown, node));
  }
  return { files, findings };
}

/** Reads the sources below a folder; a folder that does not exist has none. */
export function readTextFiles(root: string, folder: string): readonly TextFile[] {
  return walk(join(root, folder))
    .filter((path) => TEXT.test(path))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      return { path: relative(root, path).split(sep).join('/'), text, size: statSync(path).size };
    });
}

function toMetadataFile(path: string, root: XmlNode): MetadataFile {
  const object = /\/objects\/([^/]+)\//.exec(path)?.[1];
  const name = basename(path).replace(/\.[^.]+-meta\.xml$/, '');
  const fullName = object && OF_OBJECT.has(root.name) ? `${object}.${name}` : name;
  return { path, type: root.name, fullName, object, root };
}

function walk(folder: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
}
