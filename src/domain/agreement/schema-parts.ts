import { z } from 'zod';
import { parseDuration } from './duration.ts';

/** Objects whose fields facts may read; the last three exist once the lead has been converted. */
export const readableObjects = ['Lead', 'Contact', 'Account', 'Opportunity'] as const;

export const text = z.string().regex(/\S/, 'Write some text.');
export const title = text.max(80);

export const duration = z
  .string()
  .refine((span) => parseDuration(span) !== undefined, 'Write a span such as "36 hours", "14 days" or "2 weeks".')
  .meta({ pattern: '^\\s*[1-9]\\d{0,6}\\s*([mM]inute|[hH]our|[dD]ay|[wW]eek)s?\\s*$', examples: ['14 days'] });

export const fieldPath = z
  .string()
  .regex(
    new RegExp(`^(${readableObjects.join('|')})\\.[A-Za-z][A-Za-z0-9_]*$`),
    'Write a field of the lead or of what it was converted to, such as "Lead.Industry" or "Opportunity.Amount".',
  );

/** A short id in lower case; segments, stages, reasons and dispositions have one. */
export const shortId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'Write a short id in lower case, such as "mql" or "sales-accepted".');

/** The name of a fact, a group or a condition. */
export const camelName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

export const scalar = z.union([z.string().min(1), z.number(), z.boolean()], 'Write text, a number, true or false.');
export const scalars = z.array(scalar).min(1);

export type Branches = Readonly<Record<string, z.ZodType>>;

type Choice = {
  readonly branches: () => Branches;
  /** Undefined where what is written fits no branch; then problems are told for the first one. */
  readonly choose: (given: unknown) => string | undefined;
};

const choices: Choice[] = [];

/** Position of a schema's choice: described copies of a schema inherit what a registry has of it. */
const positions = z.registry<{ position: number }>();

/** How a schema made by `chosenBy` picks its branch; undefined for every other schema. */
export function choiceOf(schema: z.ZodType): Choice | undefined {
  const registered = positions.get(schema);
  return registered && choices[registered.position];
}

/**
 * A union whose branch is chosen by what is written, so that problems are told for the kind that was meant.
 *
 * zod's own union tells the problems of every branch at once. The branches are named for the JSON Schema.
 */
export function chosenBy<T>(branches: () => Branches, choose: Choice['choose']): z.ZodType<T> {
  const schema = z.custom<T>().check((context) => {
    const given: unknown = context.value;
    const all = branches();
    const chosen = all[choose(given) ?? Object.keys(all)[0] ?? ''];
    const result = chosen?.safeParse(given);
    if (!result || result.success) return;
    context.issues.push(...result.error.issues.map((issue) => ({ ...issue, input: given }) as z.core.$ZodRawIssue));
  });
  positions.add(schema, { position: choices.push({ branches, choose }) - 1 });
  return schema;
}

/** Keys of an object; none for anything else. */
export const keysOf = (given: unknown): readonly string[] =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.keys(given) : [];

/** Whether the runtime knows a time zone by this name, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
