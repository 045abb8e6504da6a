import { z } from 'zod';
import { choiceOf } from './schema-parts.ts';

type Path = readonly (string | number)[];

/** The schema that governs a place of a document, by the kinds that were written there; undefined where none does. */
function schemaAt(root: z.ZodType, path: Path, input: unknown): z.ZodType | undefined {
  let schema: z.ZodType | undefined = settle(root, input);
  let value = input;
  for (const key of path) {
    value = childOf(value, key);
    schema = schema && memberOf(schema, key);
    schema = schema && settle(schema, value);
  }
  return schema;
}

/** The keys that may be written into an object; of every kind where none was recognised. */
export function keysAt(root: z.ZodType, path: Path, input: unknown): readonly string[] {
  const schema = schemaAt(root, path, input);
  return schema ? keysOfSchema(schema) : [];
}

/** The value at a place of a document; undefined where there is none. */
export const valueAt = (input: unknown, path: Path): unknown => path.reduce<unknown>(childOf, input);

function childOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[key];
}

function keysOfSchema(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  const choice = choiceOf(schema);
  return choice ? [...new Set(Object.values(choice.branches()).flatMap(keysOfSchema))] : [];
}

/** Goes through what only wraps a schema, and to the branch that was written where that is recognised. */
function settle(schema: z.ZodType, value: unknown): z.ZodType {
  if (schema instanceof z.ZodOptional) return settle(schema.unwrap() as z.ZodType, value);
  const choice = choiceOf(schema);
  const chosen = choice?.choose(value);
  const branch = chosen === undefined ? undefined : choice?.branches()[chosen];
  return branch ? settle(branch, value) : schema;
}

function memberOf(schema: z.ZodType, key: string | number): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
    return Object.hasOwn(shape, key) ? shape[key] : undefined;
  }
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined;
}
