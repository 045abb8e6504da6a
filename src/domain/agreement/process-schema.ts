import { z } from 'zod';
import { definition } from './criteria-schema.ts';
import { chosenBy, duration, fieldPath, shortId, title } from './schema-parts.ts';

const party = z.enum(['marketing', 'sales']);

const handOff = z.strictObject({
  stage: shortId.describe('The stage that is handed over from marketing to sales.'),
  requires: z.literal('owner').optional().describe('owner: a hand-off opens only once a person owns the lead.'),
  accepted: definition.optional().describe('Also accepted once this holds.'),
  rejected: definition.optional().describe('Also rejected once this holds.'),
  recycled: definition.optional().describe('Also recycled once this holds.'),
});

const disposition = z.strictObject({
  id: shortId,
  title,
  when: definition.optional().describe('How the disposition shows in the CRM.'),
});

const reason = z.strictObject({
  id: shortId,
  title,
  countsAgainst: shortId.optional().describe('What a rejection with this reason counts against, such as "quality".'),
  keeps: shortId.optional().describe('The promise that counts as kept all the same, such as "first-touch".'),
});

export const process = z.strictObject({
  owners: z.record(shortId, party).optional().describe('Stage id → the party that owns the step.'),
  handOff: handOff.optional().describe('How a person passes from marketing to sales.'),
  dispositions: z.array(disposition).min(1).optional().describe('What can come of a lead.'),
  reasons: z.array(reason).min(1).optional().describe('The agreed reasons for rejecting a lead.'),
});

export const rhythm = z.strictObject({
  expires: duration.optional().describe('How long a signed version is in force.'),
  review: z.enum(['weekly', 'monthly', 'quarterly']).optional().describe('How often both teams look at it together.'),
  feedbackQuestions: z
    .strictObject({
      perLead: z.int().min(0).optional().describe('Most questions about one lead.'),
      perDay: z.int().min(0).optional().describe('Most questions to one person a day.'),
    })
    .optional()
    .describe('How often Accord may ask people what they think.'),
});

const successWord = z.enum(['converted', 'won']);

export const outcome = z.strictObject({
  success: chosenBy<z.infer<typeof successWord> | z.infer<typeof definition>>(
    () => ({ successWord, definition }),
    (given) => (typeof given === 'object' && given !== null ? 'definition' : 'successWord'),
  ).describe('What counts as success: converted, won, or a definition, such as one over Account fields.'),
  within: duration.optional().describe('Success counts when it comes within this span of reaching the stage.'),
  value: fieldPath.optional().describe('Field that says what a success is worth, such as "Opportunity.Amount".'),
});
