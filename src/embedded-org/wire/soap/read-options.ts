import type { XmlElement } from '../../metadata/xml-element.ts';

/** A flat group of options as the JSON that REST would have brought: booleans as such, repeated ones as lists. */
export function toJsonOptions(group: XmlElement | undefined): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const { name, text, attributes } of group?.children ?? []) {
    if (attributes?.['nil'] === 'true') continue;
    const value = text.trim() === 'true' ? true : text.trim() === 'false' ? false : text.trim();
    if (LISTS.has(name)) options[name] = [...((options[name] as unknown[] | undefined) ?? []), value];
    else options[name] = value;
  }
  return options;
}

const LISTS: ReadonlySet<string> = new Set(['runTests']);
