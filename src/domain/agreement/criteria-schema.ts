import { z } from 'zod';
import { camelName, chosenBy, keysOf, scalar, scalars, text } from './schema-parts.ts';

/** Words that open a group. */
export const groupWords = ['all', 'any', 'none', 'atLeast'] as const;

/** Words that mean something else where a fact's name may stand, and therefore cannot name one. */
export const reservedWords: readonly string[] = [...groupWords, 'condition'];

const isoDate = z
  .string()
  .refine(
    (written) =>
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(written) && isDate(written),
    'Write a date such as "2026-03-31", or an instant such as "2026-03-31T12:00:00Z".',
  )
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}(T.+)?$', examples: ['2026-03-31'] });

function isDate(written: string): boolean {
  const at = Date.parse(written);
  return !Number.isNaN(at) && (written.length > 10 || new Date(at).toISOString().startsWith(written));
}

const bound = z.union([z.number(), isoDate], 'Write a number or a date such as "2026-03-31".');
const texts = z.array(text).min(1);
const oneOrMoreTexts = z.union([text, texts], 'Write one value or a list of values.').optional();
const groupNames = z.union([text, texts], 'Write the name of a group or a list of names.').optional();

const comparisons = {
  atLeast: z.number().optional().describe('The number is this or more.'),
  atMost: z.number().optional().describe('The number is this or less.'),
  above: z.number().optional().describe('The number is more than this.'),
  below: z.number().optional().describe('The number is less than this.'),
  between: z
    .tuple([bound, bound])
    .optional()
    .describe('From the first to the second, both included: numbers or dates.'),
  before: isoDate.optional().describe('The date is before this one.'),
  after: isoDate.optional().describe('The date is after this one.'),
  is: scalar.optional().describe('Equals this; text without regard to case.'),
  isNot: scalar.optional().describe('Is known and does not equal this.'),
  in: scalars.optional().describe('Equals one of these.'),
  notIn: scalars.optional().describe('Is known and equals none of these.'),
  inGroup: groupNames.describe('Is one of the values of this group, or of one of these.'),
  notInGroup: groupNames.describe('Is known and in none of these groups.'),
  contains: text.optional().describe('Contains this text, without regard to case.'),
  startsWith: text.optional().describe('Starts with this text.'),
  endsWith: text.optional().describe('Ends with this text.'),
  matches: text.optional().describe('Fits this pattern, in which * stands for any text.'),
  includesAny: oneOrMoreTexts.describe('A multi-select field has at least one of these values.'),
  includesAll: oneOrMoreTexts.describe('A multi-select field has all of these values.'),
};
const asksSomething = (given: object): boolean => Object.keys(given).length > 0;

export const comparison = z
  .strictObject({
    ...comparisons,
    known: z.boolean().optional().describe('true: the value is known; false: it is blank or cannot be read.'),
  })
  .refine(asksSomething, 'Say what the fact is compared with, such as { atLeast: 50 }.')
  .meta({ description: 'What the fact is compared with; several comparisons must all hold.', minProperties: 1 });

/** A comparison of an attribute of an event; what an event lacks fits none. */
export const attributeComparison = z
  .strictObject(comparisons)
  .refine(asksSomething, 'Say what the attribute is compared with, such as { startsWith: /pricing }.')
  .meta({ minProperties: 1 });

const criterion = z
  .record(z.string(), comparison)
  .refine((given) => Object.keys(given).length === 1, 'Name one fact a criterion; put several into a list.')
  .meta({ description: 'The name of a fact and what it is compared with.', minProperties: 1, maxProperties: 1 });

const reference = z.strictObject({ condition: camelName.describe('Name of a condition of this document.') });

/** One entry of a list in a definition: a criterion, a nested definition, or the name of a condition. */
export const condition: z.ZodType<Condition> = chosenBy<Condition>(
  () => ({ criterion, definition, reference }),
  (given) => {
    const keys = keysOf(given);
    if (groupWords.some((word) => keys.includes(word))) return 'definition';
    return keys.includes('condition') ? 'reference' : 'criterion';
  },
);
const conditions = z.array(condition).min(1);

export const groups = {
  all: conditions.optional().describe('Every one of these must hold.'),
  any: conditions.optional().describe('At least one of these must hold.'),
  none: conditions.optional().describe('None of these may hold.'),
  atLeast: z
    .strictObject({ n: z.int().min(1).describe('How many.'), of: conditions.describe('Of these.') })
    .optional()
    .describe('At least n of these must hold.'),
};
export const hasGroup = (given: object): boolean => groupWords.some((word) => Object.hasOwn(given, word));

export const definition = z
  .strictObject(groups)
  .refine(hasGroup, 'Write at least one of all, any, none or atLeast.')
  .meta({ description: 'Groups of conditions; all the groups must hold.', minProperties: 1 });

export type Criterion = z.infer<typeof criterion>;
/** Stands for the condition of that name. */
export type ConditionReference = z.infer<typeof reference>;
/** Several groups in one definition must all hold. */
export type Definition = {
  all?: Condition[] | undefined;
  any?: Condition[] | undefined;
  none?: Condition[] | undefined;
  atLeast?: { n: number; of: Condition[] } | undefined;
};
export type Condition = Definition | Criterion | ConditionReference;
export type Comparison = z.infer<typeof comparison>;
export type AttributeComparison = z.infer<typeof attributeComparison>;
