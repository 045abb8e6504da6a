import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { readYamlFile } from '../../../../src/app/files/yaml-file.ts';
import { agreementJsonSchema } from '../../../../src/domain/agreement/agreement-json-schema.ts';
import { checkAgreement } from '../../../../src/domain/agreement/check-agreement.ts';
import { agreement } from '../agreement-builder.ts';
import { everything } from '../whole-language.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const validate = new Ajv2020({ allErrors: true }).compile(agreementJsonSchema());
const stagesWith = (when: unknown): unknown => [
  { id: 'inquiry', title: 'Inquiry' },
  { id: 'mql', title: 'MQL', when },
];

describe('the JSON Schema of agreements', () => {
  it('accepts the agreement of the demo and one that uses the whole language', () => {
    const demo = readYamlFile(readFileSync(join(root, 'scripts', 'demo', 'northwind.agreement.yaml')));
    expect([validate(demo.value), validate.errors]).toEqual([true, null]);
    expect([validate(everything), validate.errors]).toEqual([true, null]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a key that does not exist', { timezone: 'UTC' }],
    ['a wrong mode', { highestMode: 'enforced' }],
    ['a fact of no kind', { facts: { employees: { title: 'Employees' } } }],
    ['a fact of two kinds', { facts: { employees: { field: 'Lead.X', count: 'activity' } } }],
    ['a field of another object', { facts: { employees: { field: 'Case.Subject' } } }],
    ['a span without a unit', { rhythm: { expires: '90' } }],
    ['an empty definition', { stages: stagesWith({}) }],
    ['an empty list', { stages: stagesWith({ all: [] }) }],
    ['two facts in one criterion', { stages: stagesWith({ all: [{ a: { is: 1 }, b: { is: 1 } }] }) }],
    ['a comparison that does not exist', { stages: stagesWith({ all: [{ employees: { atLeats: 1 } }] }) }],
    ['a line of a score without points', { facts: { employees: { score: [{ when: { a: { is: 1 } } }] } } }],
    ['an unknown word for success', { outcome: { success: 'sold' } }],
  ])('refuses %s, as the check does', (_what, changes) => {
    const document = { ...agreement(), ...changes };
    expect(validate(document)).toBe(false);
    expect(checkAgreement(document).ok).toBe(false);
  });

  it('describes every key that an editor can complete', () => {
    const missing: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties } = schema as { properties?: Record<string, { description?: string }> };
      for (const [key, value] of Object.entries(properties ?? {})) {
        if (!value.description && !selfExplaining.has(key)) missing.push(`${path}.${key}`);
      }
      for (const [key, value] of Object.entries(schema)) walk(value, `${path}/${key}`);
    };
    walk(agreementJsonSchema(), '');
    expect(missing).toEqual([]);
  });

  it('is in the package as a file', async () => {
    const file = join(root, 'schemas', 'agreement.schema.json');
    const options = { ...(await resolveConfig(file)), filepath: file };
    await expect(await format(JSON.stringify(agreementJsonSchema()), options)).toMatchFileSnapshot(file);
  });
});

const selfExplaining = new Set(['id', 'title']);
