import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columnMapSchema } from '../../../src/app/import/column-map.ts';
import { resultSchemas } from '../../support/result-schemas.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'schemas');
const schemas: Readonly<Record<string, z.ZodType>> = {
  'column-map.schema': columnMapSchema,
  ...resultSchemas,
};

/** Run with `-u` after a wanted change; the files are a contract with scripts that read the output. */
describe('schemas/', () => {
  it.each(Object.keys(schemas))('%s.json is what the code says', async (name) => {
    const schema = z.toJSONSchema(schemas[name] ?? z.never(), { io: 'input' });
    const file = join(folder, `${name}.json`);
    const text = await format(JSON.stringify(schema), { ...(await resolveConfig(file)), filepath: file });
    await expect(text).toMatchFileSnapshot(file);
  });
});
