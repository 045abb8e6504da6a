import { z } from 'zod';
import { definition } from './criteria-schema.ts';
import { parsePercent, parsePromiseSpan, parseShare, parseVolume } from './promise-span.ts';
import { camelName, chosenBy, duration, keysOf, shortId, text, title } from './schema-parts.ts';

/** What can happen on a hand-off, by which clocks start, stop and end. */
export const momentWords = [
  'hand-off',
  'qualified',
  'assignment',
  'accepted',
  'touch',
  'meeting',
  'reply',
  'disposition',
  'rejected',
  'recycled',
  'converted',
] as const;
export type MomentWord = (typeof momentWords)[number];

/** What lasts for a time, by which clocks pause, besides what happens. */
export const pauseWords = ['buyer-asked-later', 'owner-away'] as const;

const momentWord = z.enum(momentWords);
const pauseWord = z.enum([...pauseWords, ...momentWords]);
const stageEntry = z.strictObject({ stage: shortId.describe('The stage that the person enters.') });
const touchOfType = z.strictObject({ touch: z.array(text).min(1).describe('Types of activity that count.') });
const condition = z.strictObject({ when: definition.describe('What must hold.') });

type Trigger<Word> = Word | z.infer<typeof stageEntry> | z.infer<typeof touchOfType> | z.infer<typeof condition>;

const triggers = <Word>(name: string, word: z.ZodType<Word>): z.ZodType<Trigger<Word>[]> =>
  z
    .array(
      chosenBy<Trigger<Word>>(
        () => ({ [name]: word, stageEntry, touchOfType, condition }),
        (given) => {
          const keys = keysOf(given);
          if (keys.includes('stage')) return 'stageEntry';
          if (keys.includes('touch')) return 'touchOfType';
          return keys.includes('when') || keys.length > 0 ? 'condition' : name;
        },
      ),
    )
    .min(1);
const moments = triggers('momentWord', momentWord);
const pauses = triggers('pauseWord', pauseWord);

export type WrittenMoment = Trigger<MomentWord>;
export type WrittenPause = Trigger<z.infer<typeof pauseWord>>;

const share = z
  .string()
  .refine((written) => parseShare(written) !== undefined, 'Write a share such as "90 % of last 50".');

const step = z
  .strictObject({
    at: z
      .string()
      .refine((written) => parsePercent(written) !== undefined, 'Write a share of the time, such as "75 %".')
      .describe('When: a share of the time; 100 % is the due time.'),
    notify: z.enum(['owner', 'manager', 'sales', 'marketing', 'arbiter']).optional().describe('Who is told.'),
    with: z
      .enum(['notification', 'task', 'email'])
      .optional()
      .describe('How they are told; by notification if absent.'),
    offer: z.enum(['cover', 'reassign']).optional().describe('What is proposed to whoever is told.'),
  })
  .refine(({ notify, offer }) => notify !== undefined || offer !== undefined, 'Say what is done: notify or offer.');

const shared = {
  id: shortId.describe('Short and lasting; records name the promise by it.'),
  title: title.optional().describe('How the promise is called on screens.'),
  by: z.enum(['sales', 'marketing']).describe('The party that promises.'),
};

const clock = {
  ...shared,
  keep: share.optional().describe('How many must be kept, such as "90 % of last 50"; alerts come from exact odds.'),
  starts: moments.optional().describe('What starts the clock, the earliest; the hand-off where absent.'),
  pauses: pauses.optional().describe('What stops the time for a while.'),
  resumes: moments.optional().describe('What ends such a pause early.'),
  cancels: moments
    .optional()
    .describe('What ends the clock without a miss; rejected, recycled and converted where absent.'),
  within: z
    .string()
    .refine(
      (written) => parsePromiseSpan(written) !== undefined,
      'Write a span such as "4 business hours", "10 business days" or "36 hours".',
    )
    .describe('The time there is; business hours and days are those of the calendar.'),
  calendar: text.optional().describe('Name of the calendar in which the time runs.'),
  calendarIn: z.record(shortId, text).optional().describe('Segment id → the calendar for its people.'),
  afterPause: z.enum(['resume', 'reset']).optional().describe('resume: the rest is left; reset: all of it again.'),
  afterReassign: z.enum(['resume', 'reset']).optional().describe('The same when another user becomes the owner.'),
  unowned: z
    .enum(['waits', 'runs'])
    .optional()
    .describe('While no user owns the lead: the time waits, and only the delay of the system grows, or runs.'),
  exempt: z
    .strictObject({ newOwners: duration.describe('How long after joining an owner is exempt, such as "8 weeks".') })
    .optional()
    .describe('Whose clocks are measured and not counted.'),
  steps: z.array(step).min(1).optional().describe('What is done before and after the due time, each at most once.'),
};

const promiseByKind = {
  timed: z.strictObject({ ...clock, stops: moments.describe('What keeps the promise, the earliest.') }),
  counted: z.strictObject({
    ...clock,
    stops: moments.optional().describe('What also keeps the promise, such as a reply.'),
    count: z.literal('touch').describe('What is counted; touches in quick succession are one.'),
    atLeast: z.int().min(1).max(100).describe('How many.'),
  }),
  volume: z.strictObject({
    ...shared,
    count: z.literal('hand-off').describe('What is counted.'),
    atLeast: z
      .string()
      .refine((written) => parseVolume(written) !== undefined, 'Write a target such as "200 per month".')
      .describe('How many in each week, month or quarter.'),
    calendar: text.optional().describe('Calendar by whose open days the pace is measured.'),
  }),
  ratio: z.strictObject({
    ...shared,
    ratio: z
      .enum(['accepted / handed-off', 'converted / handed-off', 'converted / accepted'])
      .describe('What is counted of what.'),
    atLeast: share.describe('The share, over how many of the latest.'),
  }),
  completeness: z.strictObject({
    ...shared,
    complete: z.array(camelName).min(1).describe('Facts that are known of each person at the hand-off.'),
    atLeast: share.describe('The share, over how many of the latest.'),
  }),
};

export type WrittenPromise = z.infer<(typeof promiseByKind)[keyof typeof promiseByKind]>;
export type WrittenTimed = z.infer<typeof promiseByKind.timed>;
export type WrittenCounted = z.infer<typeof promiseByKind.counted>;
export type WrittenVolume = z.infer<typeof promiseByKind.volume>;
export type WrittenRatio = z.infer<typeof promiseByKind.ratio>;
export type WrittenCompleteness = z.infer<typeof promiseByKind.completeness>;
export type WrittenStep = z.infer<typeof step>;

type PromiseKind = keyof typeof promiseByKind;

/** The kind of promise that its keys say. */
function kindOf(given: unknown): PromiseKind {
  const keys = keysOf(given);
  if (keys.includes('ratio')) return 'ratio';
  if (keys.includes('complete')) return 'completeness';
  if (!keys.includes('count')) return 'timed';
  return (given as { count: unknown }).count === 'hand-off' ? 'volume' : 'counted';
}

const promise = chosenBy<WrittenPromise>(
  () => Object.fromEntries(Object.entries(promiseByKind).map(([kind, schema]) => [`${kind}Promise`, schema])),
  (given) => `${kindOf(given)}Promise`,
);

export const promises = z.array(promise).min(1);

export const isClock = (given: WrittenPromise): given is WrittenTimed | WrittenCounted => 'within' in given;

const types = z.union([z.array(text).min(1), z.literal('all')], 'Write a list of types, or "all".');

export const touches = z.strictObject({
  from: z
    .strictObject({
      task: types.optional().describe('Types of completed tasks that count, such as [call, email].'),
      event: types.optional().describe('Types of past events that count.'),
      email: types.optional().describe('Types of sent e-mails that count.'),
    })
    .optional()
    .describe('Where touches come from; every completed activity counts where absent.'),
  by: z
    .enum(['anyone', 'owner'])
    .optional()
    .describe('Whose touches count: those of every active human, or of the owner alone.'),
  apart: duration.optional().describe('Touches that are closer together are one; 30 minutes where absent.'),
  backdating: duration
    .optional()
    .describe('An entry made later than this after the touch needs the manager; 24 hours where absent.'),
  integrationUsers: z
    .array(text)
    .min(1)
    .optional()
    .describe('Usernames behind which no human sits: what they do is no touch.'),
});

export type WrittenTouches = z.infer<typeof touches>;
