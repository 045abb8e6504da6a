import type { Clock, Crm, CrmUser, Progress, Store } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { viewSetup } from '../agreement/service-users.ts';
import type { JudgedVersion } from '../agreement/judge-version.ts';
import type { SliceCounter } from '../preview/slice-counter.ts';
import { planMirror } from './mirror-plan.ts';
import type { MirrorPlan } from './mirrored-object.ts';
import { neededRecords } from './needed-records.ts';
import type { Tails } from './read-changes.ts';
import { findRowOwners } from './row-owners.ts';
import { findRules, type RulesInForce } from './rules-in-force.ts';

export type SyncPorts = {
  readonly crm: Crm;
  readonly store: Store;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Counts previews; absent counts them in this thread. */
  readonly counter?: SliceCounter;
};

/** Who syncs, by which rules, and what must be read for them. */
export type Situation = {
  readonly user: CrmUser;
  /** Undefined while no version is in force. */
  readonly rules: RulesInForce | undefined;
  readonly plan: MirrorPlan;
  /** Users who may own a state row. */
  readonly rowOwners: ReadonlySet<string>;
  readonly problems: readonly string[];
  /** All versions, oldest first. */
  readonly versions: readonly JudgedVersion[];
  /** When a version that waits for its date may come into force, epoch ms. */
  readonly nextAt: number | undefined;
  readonly foundAt: number;
};

/** What a watch remembers from pass to pass, so that a quiet pass costs one or two calls. */
export type SyncMemory = { situation: Situation | undefined; readonly tails: Tails; overlapReadAt: number };

export const newMemory = (): SyncMemory => ({ situation: undefined, tails: new Map(), overlapReadAt: 0 });

/** Field permissions and objects change without a trace in our records, so they are looked up again after this long. */
const lookUpAgainMs = 10 * 60_000;

/** While passes read on from their tails, the whole overlap is read this often for changes that were committed late. */
const overlapEveryMs = 60_000;

/** Finds the situation, from memory where that is fresh enough. */
export async function findSituation(ports: SyncPorts, settle: boolean, memory: SyncMemory): Promise<Situation> {
  const now = ports.clock.now();
  if (now - memory.overlapReadAt >= overlapEveryMs) {
    memory.tails.clear();
    memory.overlapReadAt = now;
  }
  const known = memory.situation;
  const until = known?.rules ? known.rules.expiresAt : known?.nextAt;
  const reads = known !== undefined && known.plan.objects.length > 0;
  const fresh = reads && now - known.foundAt < lookUpAgainMs && now < (until ?? Infinity);
  if (known && fresh) return known;
  const { crm, store } = ports;
  const user = await crm.whoAmI();
  await claimStore(store, user);
  // The answer has told the org's time anew: what has expired and what has begun goes by that.
  const foundAt = ports.clock.now();
  const skew = skewProblem(crm.clockOffset() ?? 0);
  const found = await findRules(crm, foundAt, { serviceUserId: user.userId, settle });
  const { rules, versions, nextAt } = found;
  const plan = await planReading(crm, rules, versions);
  const rowOwners = rules ? await findRowOwners(crm) : new Set<string>();
  const problems = [...found.problems, ...(skew ? [skew] : []), ...(rowOwners ? [] : [holdersUnseen(user)])];
  memory.situation = { user, rules, plan, rowOwners: rowOwners ?? new Set(), problems, versions, nextAt, foundAt };
  return memory.situation;
}

const holdersUnseen = ({ username }: CrmUser): string =>
  `${username} may not look who holds which permission set, so nobody but the service owns state rows, and whether ` +
  `signers may sign cannot be told. Give it ${viewSetup}, as the permission set Accord_Service_Org does.`;

/** Machines that are kept in time by NTP are never this far off. */
const tolerableSkewMs = 2 * 60_000;

/** Says when the machine's clock is far from the org's. */
function skewProblem(skew: number): string | undefined {
  if (Math.abs(skew) <= tolerableSkewMs) return undefined;
  const minutes = Math.round(Math.abs(skew) / 60_000);
  const apart = `${minutes} minutes ${skew > 0 ? 'behind' : 'ahead of'}`;
  return `The clock of this machine is ${apart} the org's. The service goes by the org's time; set the machine's by NTP.`;
}

/**
 * Plans what to read: what the version in force needs, and besides what those need that wait for their preview.
 *
 * What is hidden or cannot be counted is told of the version in force alone, because it alone is judged by.
 */
async function planReading(
  crm: Crm,
  rules: RulesInForce | undefined,
  versions: readonly JudgedVersion[],
): Promise<MirrorPlan> {
  const waiting = versions.flatMap(({ record, agreement, hash }) =>
    waits.has(record.status) && agreement && hash !== undefined ? [agreement] : [],
  );
  const own = rules ? await planMirror(crm, rules) : { objects: [], hidden: [], unread: [], types: new Map() };
  if (waiting.length === 0) return own;
  const all = await planMirror(crm, neededRecords([...(rules ? [rules.agreement] : []), ...waiting]));
  return rules ? { ...own, objects: all.objects } : all;
}

const waits = new Set(['Draft', 'Proposed']);

/** A store belongs to one org for good: mixing two would write one org's verdicts into the other. */
async function claimStore(store: Store, user: CrmUser): Promise<void> {
  const owner = await store.getNote('org');
  if (owner === undefined) await store.setNote('org', user.orgId);
  else if (owner !== user.orgId) {
    throw new Refusal('other-org', `The store belongs to the org ${owner}, and ${user.username} is in ${user.orgId}.`);
  }
}
