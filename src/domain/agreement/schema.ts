import { z } from 'zod';
import { parseDuration } from './duration.ts';

/** Words that open a group, and therefore cannot name a fact. */
export const groupWords = ['all', 'any', 'none', 'atLeast'] as const;

const text = z.string().regex(/\S/, 'Write some text.');
const title = text.max(80);

const duration = z
  .string()
  .refine((span) => parseDuration(span) !== undefined, 'Write a span such as "36 hours", "14 days" or "2 weeks".');

const leadField = z
  .string()
  .regex(/^Lead\.[A-Za-z][A-Za-z0-9_]*$/, 'Write a field of the lead, such as "Lead.Industry".');
const eventKind = z.enum(['activity', 'response']);
const scalar = z.union([z.string().min(1), z.number(), z.boolean()], 'Write text, a number, true or false.');
const scalars = z.array(scalar).min(1);

const attribute = z.union([scalar, scalars], 'Write one value or a list of values.').optional();
const where = z.strictObject({
  type: attribute,
  subtype: attribute,
  status: attribute,
  campaign: attribute,
});

const shared = { title: title.optional(), restricted: z.boolean().optional() };

const fieldFact = z.strictObject({ field: leadField, blank: z.array(z.string().min(1)).min(1).optional(), ...shared });
const countFact = z.strictObject({
  count: eventKind,
  where: where.optional(),
  within: duration.optional(),
  ...shared,
});
const emailDomainFact = z.strictObject({ emailDomain: leadField, ...shared });
const daysSinceFact = z.strictObject({
  daysSince: z.union(
    [eventKind, leadField],
    'Write activity, response or a date/time field such as "Lead.CreatedDate".',
  ),
  where: where.optional(),
  ...shared,
});

const factByKind = { field: fieldFact, count: countFact, emailDomain: emailDomainFact, daysSince: daysSinceFact };
type AnyFact = z.infer<(typeof factByKind)[keyof typeof factByKind]>;

/** Keys that tell the kinds of fact apart. */
export const factKinds = Object.keys(factByKind) as readonly (keyof typeof factByKind)[];

const fact = chosenBy<AnyFact>((keys) => factByKind[factKinds.find((kind) => keys.includes(kind)) ?? 'field']);
const factName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

const comparison = z
  .strictObject({
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    is: scalar.optional(),
    isNot: scalar.optional(),
    in: scalars.optional(),
    notIn: scalars.optional(),
    contains: text.optional(),
    startsWith: text.optional(),
    known: z.boolean().optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'Say what the fact is compared with, such as { atLeast: 50 }.');

const criterion = z
  .record(z.string(), comparison)
  .refine((given) => Object.keys(given).length === 1, 'Name one fact a criterion; put several into a list.');

const condition: z.ZodType<Condition> = chosenBy<Condition>((keys): z.ZodType<Condition> =>
  groupWords.some((word) => keys.includes(word)) ? definition : criterion,
);
const conditions = z.array(condition).min(1);

const definition = z
  .strictObject({
    all: conditions.optional(),
    any: conditions.optional(),
    none: conditions.optional(),
    atLeast: z.strictObject({ n: z.int().min(1), of: conditions }).optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'Write at least one of all, any, none or atLeast.');

const stage = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'Write a short id in lower case, such as "mql" or "sales-accepted".'),
  title,
  when: definition.optional(),
});

const party = z.strictObject({ signers: z.array(text).min(1) });

/**
 * The shape of an agreement document.
 *
 * It fills in nothing and changes nothing, so that the parsed document hashes like the written one. What a shape cannot
 * say (names that must exist, comparisons that fit a fact) is in `check-agreement`.
 */
export const agreementSchema = z.strictObject({
  accord: z.literal(1),
  name: title,
  timeZone: z.string().refine(isTimeZone, 'Write an IANA time zone, such as "America/New_York".'),
  parties: z.strictObject({ marketing: party, sales: party, arbiter: text.optional() }),
  highestMode: z.enum(['observe', 'advise', 'enforce']),
  facts: z.record(factName, fact),
  stages: z.array(stage).min(1),
  rhythm: z.strictObject({ expires: duration.optional() }).optional(),
});

export type Agreement = z.infer<typeof agreementSchema>;
export type Fact = AnyFact;
export type Where = z.infer<typeof where>;
export type Stage = z.infer<typeof stage>;
export type Criterion = z.infer<typeof criterion>;
/** Several groups in one definition must all hold. */
export type Definition = {
  all?: Condition[] | undefined;
  any?: Condition[] | undefined;
  none?: Condition[] | undefined;
  atLeast?: { n: number; of: Condition[] } | undefined;
};
export type Condition = Definition | Criterion;
export type Comparison = z.infer<typeof comparison>;
export type Scalar = z.infer<typeof scalar>;
export type Party = 'marketing' | 'sales';

/** Keys that each kind of object may have, for naming the nearest valid one. */
export const validKeys = {
  agreement: Object.keys(agreementSchema.shape),
  parties: Object.keys(agreementSchema.shape.parties.shape),
  party: Object.keys(party.shape),
  fact: [...new Set([fieldFact, countFact, emailDomainFact, daysSinceFact].flatMap((each) => Object.keys(each.shape)))],
  where: Object.keys(where.shape),
  stage: Object.keys(stage.shape),
  comparison: Object.keys(comparison.shape),
  rhythm: ['expires'],
} as const;

/**
 * A union whose branch is chosen by the keys that are written, so that problems are told for the kind that was meant.
 *
 * zod's own union tells the problems of every branch at once.
 */
function chosenBy<T>(choose: (keys: readonly string[]) => z.ZodType<T>): z.ZodType<T> {
  return z.custom<T>().check((context) => {
    const given: unknown = context.value;
    const keys = typeof given === 'object' && given !== null ? Object.keys(given) : [];
    const result = choose(keys).safeParse(given);
    if (result.success) return;
    context.issues.push(...result.error.issues.map((issue) => ({ ...issue, input: given }) as z.core.$ZodRawIssue));
  });
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
