import { z } from 'zod';
import { type FileProblem, pathText, readYamlFile, type YamlFile } from '../files/yaml-file.ts';

const fieldName = z
  .string()
  .regex(/^[A-Za-z]\w*$/, 'Write the API name of a field, such as "LeadSource".')
  .meta({ description: 'API name of a field.' });

const fields = z
  .union([fieldName, z.array(fieldName).min(1)], 'Write the API name of a field, or a list of them.')
  .meta({ description: 'The field that takes the value, or several that all take it.' });

const cellValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const column = z.union(
  [
    z.literal('ignore').meta({ description: 'Leave the column out on purpose.' }),
    fields,
    z.strictObject({
      field: fields,
      values: z
        .record(z.string(), cellValue)
        .optional()
        .meta({ description: 'What to write for a value of the CSV; a value that is not listed is an error.' }),
      blank: z
        .array(z.string())
        .min(1)
        .optional()
        .meta({ description: 'Values that mean "nothing was said", besides an empty cell.' }),
    }),
  ],
  'Write a field, a list of fields, "ignore", or { field, values, blank }.',
);

/** The shape of a column map: where each column of a CSV goes. */
export const columnMapSchema = z
  .strictObject({
    object: z
      .string()
      .regex(/^[A-Za-z]\w*$/)
      .meta({ description: 'API name of the object, such as Lead.' }),
    key: fieldName
      .optional()
      .meta({ description: 'External id field that tells rows apart. Without it every import creates new records.' }),
    delimiter: z.enum([',', ';', '\t', '|']).optional().meta({ description: 'What separates the values; a comma.' }),
    constants: z
      .record(fieldName, z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ description: 'Fields that take the same value in every record.' }),
    columns: z.record(z.string(), column).meta({ description: 'Every column of the CSV by its header.' }),
  })
  .meta({ title: 'Column map of accord import' });

export type ColumnMap = z.infer<typeof columnMapSchema>;

export type ColumnMapFile = {
  /** Name for messages. */
  readonly name: string;
  /** Undefined when there are problems. */
  readonly map: ColumnMap | undefined;
  readonly problems: readonly FileProblem[];
  readonly placeOf: YamlFile['placeOf'];
};

/** Reads a column map from the bytes of a YAML or JSON file and says what is wrong with it, and where. */
export function readColumnMap(bytes: Uint8Array, name: string): ColumnMapFile {
  const { value, problems, placeOf } = readYamlFile(bytes);
  if (problems.length > 0) return { name, map: undefined, problems, placeOf };
  const parsed = columnMapSchema.safeParse(value);
  if (parsed.success) return { name, map: parsed.data, problems: [], placeOf };
  const found = parsed.error.issues.map(({ path, message }): FileProblem => {
    const keys = path.filter((part) => typeof part !== 'symbol');
    return { ...placeOf(keys), severity: 'error', path: pathText(keys), message };
  });
  return { name, map: undefined, problems: found, placeOf };
}
