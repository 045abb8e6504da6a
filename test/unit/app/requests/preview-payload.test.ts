import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { previewPayload } from '../../../../src/app/requests/preview-request.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');

/** What people who write a request read: the field's description in Setup, and the documentation. */
const descriptions = {
  'the field': String(
    new XMLParser().parse(
      read('force-app', 'main', 'default', 'objects', 'Accord_Request__c', 'fields', 'Payload__c.field-meta.xml'),
    ).CustomField.description,
  ),
  'the documentation': read('docs', 'agreement.md').split('## Asking for a preview')[1] ?? '',
};

describe.each(Object.entries(descriptions))('the payload of a preview request as %s tells it', (_, text) => {
  it('has an example that the service takes', () => {
    const example: unknown = JSON.parse(/\{ ?"agreementId".*?\}/.exec(text)?.[0] ?? '');
    expect(previewPayload.safeParse(example)).toMatchObject({ success: true, data: { against: 'current' } });
  });

  it('names every key', () => {
    for (const key of Object.keys(z.toJSONSchema(previewPayload, { io: 'input' }).properties ?? {}))
      expect(text).toContain(key);
  });
});
