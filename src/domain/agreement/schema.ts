import { z } from 'zod';
import { calendars } from './calendar-schema.ts';
import { definition, groups, hasGroup } from './criteria-schema.ts';
import { fact } from './fact-schema.ts';
import { outcome, process, rhythm } from './process-schema.ts';
import { promises, touches } from './promise-schema.ts';
import { camelName, isTimeZone, shortId, text, title } from './schema-parts.ts';

const party = z.strictObject({
  signers: z.array(text).min(1).describe('Usernames or e-mail addresses of those who may sign for the party.'),
});

const stage = z.strictObject({
  id: shortId.describe('Short and lasting; records name the stage by it.'),
  title: title.describe('How the stage is called on screens.'),
  when: definition.optional().describe('Whom the stage takes; the first stage takes everybody and has none.'),
  whenIn: z
    .record(shortId, definition)
    .optional()
    .describe('Segment id → the definition that replaces "when" for its people.'),
  back: z
    .boolean()
    .optional()
    .describe('false: once reached it is not lost; only a higher or a side stage takes the person away.'),
  side: z
    .boolean()
    .optional()
    .describe('true: off the ladder, taken whenever it is met, before the ladder is looked at.'),
});

const segment = z.strictObject({
  id: shortId,
  title,
  when: definition.describe('Who belongs to the segment; the first one that is met counts.'),
});

const namedCondition = z
  .strictObject({ title: title.optional().describe('How the condition is called in sentences.'), ...groups })
  .refine(hasGroup, 'Write at least one of all, any, none or atLeast.');

const group = z.strictObject({
  title: title.optional().describe('How the group is called in sentences.'),
  values: z.array(z.string().min(1)).min(1).describe('The values that belong to the group.'),
});

/**
 * The shape of an agreement document.
 *
 * It fills in nothing and changes nothing, so that the parsed document hashes like the written one. What a shape cannot
 * say (names that must exist, comparisons that fit a fact) is in `check-agreement`.
 */
export const agreementSchema = z.strictObject({
  accord: z.literal(1).describe('Version of this language.'),
  name: title.describe('Name of the agreement.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'Write an IANA time zone, such as "America/New_York".')
    .describe('Time zone in which days and weeks begin.'),
  parties: z
    .strictObject({
      marketing: party.describe('Who signs for marketing.'),
      sales: party.describe('Who signs for sales.'),
      arbiter: text.optional().describe('Who settles disputes.'),
    })
    .describe('The two sides of the agreement.'),
  highestMode: z.enum(['observe', 'advise', 'enforce']).describe('The most that Accord may do under this agreement.'),
  facts: z.record(camelName, fact).describe('Named values of a person that conditions compare.'),
  groups: z.record(camelName, group).optional().describe('Named lists of values, such as the countries of a region.'),
  conditions: z.record(camelName, namedCondition).optional().describe('Named definitions to use in several places.'),
  segments: z.array(segment).min(1).optional().describe('Kinds of people for whom stages may be defined differently.'),
  stages: z.array(stage).min(1).describe('Lowest first; a person is in the highest stage whose definition is met.'),
  process: process.optional().describe('Who owns which step, hand-off, dispositions and reasons.'),
  calendars: calendars.optional().describe('When people work, by name, for promises in business hours.'),
  touches: touches.optional().describe('Which activities count as a touch, and from when.'),
  promises: promises.optional().describe('What each party promises the other: clocks, counts, volumes and ratios.'),
  rhythm: rhythm.optional().describe('How long it holds and how often it is looked at.'),
  outcome: outcome.optional().describe('What counts as success, for measuring the definitions.'),
  complexity: z
    .strictObject({ clauses: z.int().min(1).describe('Clauses past which the process should be simplified first.') })
    .optional()
    .describe('When validation warns that the agreement is too complicated; 40 clauses by default.'),
});

export type Agreement = z.infer<typeof agreementSchema>;
export type Stage = z.infer<typeof stage>;
export type Segment = z.infer<typeof segment>;
export type NamedCondition = z.infer<typeof namedCondition>;
export type Party = 'marketing' | 'sales';
export type { Comparison, Condition, ConditionReference, Criterion, Definition } from './criteria-schema.ts';
export type { Fact, FactKind, ScoreLine, Where } from './fact-schema.ts';
export type Scalar = string | number | boolean;
