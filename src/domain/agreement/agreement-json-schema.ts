import { z } from 'zod';
import { choiceOf } from './schema-parts.ts';
import { agreementSchema } from './schema.ts';

type JsonSchema = Record<string, unknown>;

/**
 * The shape of an agreement as JSON Schema (draft 2020-12), by which editors complete and check the YAML.
 *
 * It says what a shape can say. Names that must exist and comparisons that fit a fact are for `accord agreement validate`.
 */
export function agreementJsonSchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  const define = (name: string, schema: z.ZodType): JsonSchema => {
    if (!Object.hasOwn(definitions, name)) {
      // Noted before it is written, because conditions hold conditions.
      definitions[name] = {};
      definitions[name] = write(schema);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const write = (schema: z.ZodType): JsonSchema => {
    const { $schema: _, ...written } = z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const branches = zodSchema instanceof z.ZodType ? choiceOf(zodSchema)?.branches() : undefined;
        if (branches) jsonSchema.anyOf = Object.entries(branches).map(([name, branch]) => define(name, branch));
      },
    });
    return written;
  };
  const root = write(agreementSchema);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Accord agreement',
    ...root,
    $defs: definitions,
  };
}
