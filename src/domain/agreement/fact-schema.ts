import { z } from 'zod';
import { attributeComparison, condition } from './criteria-schema.ts';
import { camelName, chosenBy, duration, fieldPath, keysOf, scalar, scalars, text, title } from './schema-parts.ts';

/** Kinds of event that facts may be about. */
export const eventKinds = ['activity', 'response', 'signal', 'stage', 'hand-off'] as const;

const eventKind = z.enum(eventKinds);
const attributeName = text.max(80);

const wantedValue = z.union([scalar, scalars], 'Write one value, a list of values, or a comparison.');
const wanted = chosenBy<z.infer<typeof wantedValue> | z.infer<typeof attributeComparison>>(
  () => ({ wantedValue, attributeComparison }),
  (given) =>
    typeof given === 'object' && given !== null && !Array.isArray(given) ? 'attributeComparison' : 'wantedValue',
);

export const where = z
  .record(attributeName, wanted)
  .describe('What the events must have: a value, a list, a pattern with *, or a comparison for each attribute.');

const shared = {
  title: title.optional().describe('How the fact is called in sentences.'),
  restricted: z
    .boolean()
    .optional()
    .describe('true: neither value nor outcome ever leaves the service in shared records.'),
};
const filtered = {
  where: where.optional(),
  within: duration.optional().describe('Only events of this last span, such as "30 days".'),
};
const of = attributeName.describe('Attribute of the events, such as "path" or "amount".');
const decay = duration
  .optional()
  .describe('Half-life: an event counts half after this span, a quarter after twice that, and so on.');
const kindOf = (what: string): typeof eventKind => eventKind.describe(what);

const whenLine = z.strictObject({
  when: condition.describe('The condition that earns the points.'),
  points: z.number().describe('Points when the condition holds; may be negative.'),
});
const eachLine = z.strictObject({
  each: camelName.describe('A fact that is a number; each one earns the points.'),
  points: z.number().describe('Points for each one; may be negative.'),
  max: z
    .number()
    .positive()
    .optional()
    .describe('The most points this line gives, or takes where points are negative.'),
});
export type ScoreLine = z.infer<typeof whenLine> | z.infer<typeof eachLine>;
const line = chosenBy<ScoreLine>(
  () => ({ whenLine, eachLine }),
  (given) => {
    const keys = keysOf(given);
    return keys.includes('each') ? 'eachLine' : keys.includes('when') ? 'whenLine' : undefined;
  },
);

const factByKind = {
  field: z.strictObject({
    field: fieldPath.describe('The field that the fact reads, such as "Lead.Industry".'),
    blank: z.array(z.string().min(1)).min(1).optional().describe('Values that mean the same as an empty field.'),
    ...shared,
  }),
  count: z.strictObject({ count: kindOf('Counts events of this kind.'), ...filtered, decay, ...shared }),
  emailDomain: z.strictObject({ emailDomain: fieldPath.describe('The e-mail field whose domain is read.'), ...shared }),
  daysSince: z.strictObject({
    daysSince: z
      .union([eventKind, fieldPath], `Write ${eventKinds.join(', ')} or a date/time field such as "Lead.CreatedDate".`)
      .describe('Whole days since the latest event of this kind, or since the instant in this field.'),
    where: where.optional(),
    ...shared,
  }),
  sum: z.strictObject({
    sum: kindOf('Adds up an attribute of events of this kind.'),
    of,
    ...filtered,
    decay,
    ...shared,
  }),
  latest: z.strictObject({
    latest: kindOf('Reads an attribute of the latest event of this kind.'),
    of,
    ...filtered,
    ...shared,
  }),
  distinct: z.strictObject({
    distinct: kindOf('Counts the different values of an attribute of events of this kind.'),
    of,
    ...filtered,
    ...shared,
  }),
  daysInStage: z.strictObject({
    daysInStage: z.literal(true).describe('Whole days since the person came into the stage it is in.'),
    ...shared,
  }),
  owner: z.strictObject({
    owner: z
      .enum(['kind', 'name', 'id'])
      .describe('kind: user or queue; name: of the user or queue; id: its record id.'),
    ...shared,
  }),
  score: z.strictObject({
    score: z.array(line).min(1).describe('Lines that each give points; each line shows in the receipt.'),
    cap: z.number().optional().describe('The score is never more than this.'),
    ...shared,
  }),
};

export type Fact = z.infer<(typeof factByKind)[keyof typeof factByKind]>;
export type FactKind = keyof typeof factByKind;
export type Where = z.infer<typeof where>;

/** Keys that tell the kinds of fact apart. */
export const factKinds = Object.keys(factByKind) as readonly FactKind[];

/** The kind that the keys of a fact name. */
export const factKindOf = (fact: object): FactKind | undefined => factKinds.find((kind) => Object.hasOwn(fact, kind));

export const fact = chosenBy<Fact>(
  () => Object.fromEntries(factKinds.map((kind) => [`${kind}Fact`, factByKind[kind]])),
  (given) => {
    const kind = factKinds.find((each) => keysOf(given).includes(each));
    return kind && `${kind}Fact`;
  },
);
