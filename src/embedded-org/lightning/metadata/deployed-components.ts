import { createHash } from 'node:crypto';
import type { Org } from '../../data/org-core.ts';
import type { ComponentSources } from '../compile/component-bundle.ts';
import { parseXml, textOf } from '../../metadata/xml-element.ts';

export type DeployedComponents = {
  readonly sources: ComponentSources;
  /** Components that pages may show; others are modules for these. */
  readonly exposed: readonly string[];
  /** Changes with any source file, and with the custom fields and resources that sources may name. */
  readonly hash: string;
};

/** The Lightning web components as they lie in the org. */
export function readDeployedComponents(org: Org): DeployedComponents {
  const hash = createHash('sha256');
  for (const name of namesToRefer(org)) hash.update(`${name}\0`);
  const sources = new Map<string, Map<string, Uint8Array>>();
  const exposed: string[] = [];
  for (const name of [...org.metadataNames('LightningComponentBundle')].toSorted()) {
    const files = new Map<string, Uint8Array>();
    for (const [path, bytes] of org.metadataFiles('LightningComponentBundle', name)) {
      const inside = path.slice(path.lastIndexOf(`${name}/`) + name.length + 1);
      files.set(inside, bytes);
      hash.update(`${name}/${inside}\0`).update(bytes);
    }
    sources.set(name, files);
    if (isExposed(files.get(`${name}.js-meta.xml`))) exposed.push(name);
  }
  return { sources, exposed, hash: hash.digest('hex').slice(0, 16) };
}

const namesToRefer = (org: Org): readonly string[] => [
  ...org.metadataNames('StaticResource'),
  ...org.core.schema
    .all()
    .flatMap((object) => object.fields.filter((field) => field.custom).map((field) => `${object.name}.${field.name}`)),
];

const isExposed = (meta: Uint8Array | undefined): boolean =>
  meta !== undefined && textOf(parseXml(meta), 'isExposed') === 'true';
