import { z } from 'zod';

const milliseconds = z.int().min(0).max(600_000);

/** Which requests a fault meets, and which of them: from the `nth` match on, `times` of them. */
const match = z.strictObject({
  method: z.string().optional(),
  /** A regular expression over the address behind the host, query included. */
  path: z.string().refine(isPattern, 'is no regular expression').optional(),
  nth: z.int().min(1).default(1),
  times: z.int().min(1).default(1),
});

/** What then goes wrong; exactly one of these. */
const fault = z.union([
  /** Answers so, without doing the work. */
  z.strictObject({ status: z.int().min(500).max(599) }),
  /** Cuts the connection: `before` the work, `after` it without an answer, or `half-way` through the answer. */
  z.strictObject({ cutConnection: z.enum(['before', 'after', 'half-way']) }),
  /** Waits by the machine's clock, then goes on. */
  z.strictObject({ delayMs: milliseconds }),
  z.strictObject({ expireSession: z.literal(true) }),
  z.strictObject({ requestLimitExceeded: z.literal(true) }),
  /** Locks the records by the org's clock, from this request on. */
  z.strictObject({ lockRows: z.strictObject({ ids: z.array(z.string()).min(1), ms: z.int().min(0) }) }),
  /** The changes that the request makes at once are captured by no event, though they use up replay ids. */
  z.strictObject({ loseEvents: z.literal(true) }),
  /** Stamps what the request writes so many milliseconds before the commit. */
  z.strictObject({ commitLate: z.int().min(0) }),
]);

export const faultRule = z.strictObject({ match: match.prefault({}), do: fault });

export type FaultRule = z.infer<typeof faultRule>;
export type Fault = FaultRule['do'];

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
