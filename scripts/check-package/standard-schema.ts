import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type StandardObject = {
  readonly fields: ReadonlySet<string>;
  /** Relationship name → object it leads to; `Name` stands for several. */
  readonly relationships: ReadonlyMap<string, string>;
};

/** Fields that are newer than the schema that jsforce ships, or that it leaves out. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  Lead: [
    'HasOptedOutOfEmail',
    'HasOptedOutOfFax',
    'DoNotCall',
    'Fax',
    'MobilePhone',
    'IndividualId',
    'Pronouns',
    'GenderIdentity',
  ],
  Task: ['Type', 'CompletedDateTime', 'TaskSubtype', 'WhoCount', 'WhatCount'],
  Event: ['Type', 'EventSubtype', 'WhoCount', 'WhatCount'],
  ObjectPermissions: ['PermissionsViewAllFields'],
  CampaignMember: ['HasOptedOutOfEmail', 'HasOptedOutOfFax', 'DoNotCall', 'LeadOrContactOwnerId'],
};

/** Relationships that jsforce's schema leaves out. */
const MORE_RELATIONSHIPS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  UserFieldAccess: [['FieldDefinition', 'FieldDefinition']],
};

/** Standard objects, fields and user permissions, from the type declarations of jsforce's standard schema. */
export function readStandardSchema(): {
  readonly objects: ReadonlyMap<string, StandardObject>;
  readonly userPermissions: ReadonlySet<string>;
} {
  const jsforce = dirname(createRequire(import.meta.url).resolve('jsforce/package.json'));
  const source = readFileSync(join(jsforce, 'lib', 'types', 'standard-schema.d.ts'), 'utf8');
  const objects = new Map<string, StandardObject>();
  for (const [, name = '', body = ''] of source.matchAll(/^type Fields\$(\w+) = \{\n([\s\S]*?)\n\};/gm)) {
    const fields = [...body.matchAll(/^ {4}(\w+):/gm)].map(([, field = '']) => field);
    objects.set(name, {
      fields: new Set([...fields, ...(NEWER[name] ?? [])]),
      relationships: new Map([...toRelationships(source, name), ...(MORE_RELATIONSHIPS[name] ?? [])]),
    });
  }
  const permissions = [...(objects.get('PermissionSet')?.fields ?? [])].filter((name) =>
    name.startsWith('Permissions'),
  );
  return { objects, userPermissions: new Set(permissions.map((name) => name.slice('Permissions'.length))) };
}

function toRelationships(source: string, object: string): ReadonlyMap<string, string> {
  const start = source.indexOf(`type ParentReferences$${object} = {`);
  if (start === -1) return new Map();
  const body = source.slice(start, source.indexOf('\n};', start));
  return new Map(
    [...body.matchAll(/^ {4}(\w+): SObjectDefinition\$(\w+)/gm)].map(([, name = '', to = '']) => [name, to]),
  );
}
