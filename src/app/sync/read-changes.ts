import type { ChangePage, Crm, CrmRecord, Store } from '../ports.ts';
import { followsConversions } from './conversions.ts';
import type { MirroredObject, MirrorPlan } from './mirrored-object.ts';
import { toRecords } from './page-rows.ts';
import { readConverted } from './read-converted.ts';
import { readMembersAgain } from './read-members-again.ts';
import { saveChanges } from './save-changes.ts';

/** How far back each poll begins before the last one: a change committed late carries an earlier stamp. */
export const overlapMs = 10 * 60_000;

/** How far back the passes of a watch begin: stamps have whole seconds, and a second goes on after it was read. */
const tailMs = 10_000;

const pageSize = 2_000;

/** Past this many pages of one object a Bulk query is cheaper than more polls. */
const pollPages = 20;

type Key = { readonly modstamp: string; readonly lastId: string };

/** Where the next poll of each object may begin, kept in memory between the passes of a watch. */
export type Tails = Map<string, Key>;

export type Changes = {
  readonly read: number;
  readonly affected: number;
  readonly removed: number;
  /** A version or a signature changed: the rules that are being applied may be out of date. */
  readonly rulesChanged: boolean;
  /** Somebody has asked the service for something. */
  readonly requested: boolean;
};

const requestObject = 'Accord_Request__c';

/** Objects that decide what the service does; their changes are noticed and not mirrored. */
export const ruleObjects: readonly MirroredObject[] = ['Accord_Agreement__c', 'Accord_Signature__c', requestObject].map(
  (object) => ({
    object,
    holds: 'rules',
    fields: ['Id'],
    parent: undefined,
    where: undefined,
  }),
);

/**
 * Reads what changed since the cursors and puts the touched leads on the list of work.
 *
 * Where `tails` has an entry it reads on from there, which costs little but misses a change that was committed late;
 * elsewhere it reads the whole overlap again. The cursors move only after everything was saved.
 */
export async function readChanges(
  crm: Crm,
  store: Store,
  plan: MirrorPlan,
  tails: Tails = new Map(),
): Promise<Changes> {
  const after = await startKeys(store, plan, tails);
  const total = { read: 0, affected: 0, removed: 0, rulesChanged: false, requested: false };
  const take = takeInto(total, { crm, store }, plan);
  const { startedAt, open } = await pollPagesOf([...plan.objects, ...ruleObjects], crm, after, take);
  for (const target of open) {
    for await (const records of bulkChanges(crm, target, after)) await take(target, records);
  }
  if (startedAt) {
    await advance(store, plan, startedAt);
    const tail = { modstamp: back(startedAt, tailMs), lastId: '' };
    for (const object of after.keys()) tails.set(object, tail);
  }
  return total;
}

type Take = (target: MirroredObject, records: readonly CrmRecord[]) => Promise<void>;

/** Saves changed records and what is to be read again because of them, and counts. */
function takeInto(
  total: { -readonly [K in keyof Changes]: Changes[K] },
  ports: { readonly crm: Crm; readonly store: Store },
  plan: MirrorPlan,
): Take {
  const take: Take = async (target, records) => {
    if (target.holds === 'rules') {
      if (target.object === requestObject) total.requested ||= records.length > 0;
      else total.rulesChanged ||= records.length > 0;
      return;
    }
    if (target.holds === 'campaigns') {
      for await (const members of readMembersAgain(ports, plan, target, records)) {
        await take(members.target, members.records);
      }
    }
    if (target.holds === 'leads' && followsConversions(plan)) {
      for await (const found of readConverted(ports, plan, records)) await take(found.target, found.records);
    }
    const saved = await saveChanges(ports.store, target, records);
    total.read += records.length;
    total.affected += saved.affected;
    total.removed += saved.removed;
  };
  return take;
}

type Polled = {
  /** The org's time as the first poll started; undefined when there was nothing to poll. */
  readonly startedAt: string | undefined;
  /** Objects of which more has changed than polls should carry. */
  readonly open: readonly MirroredObject[];
};

/** Polls the objects page by page, each until it has no more, and moves their keys on. */
async function pollPagesOf(
  targets: readonly MirroredObject[],
  crm: Crm,
  after: Map<string, Key>,
  take: Take,
): Promise<Polled> {
  let open = targets;
  let startedAt: string | undefined;
  for (let round = 0; open.length > 0 && round < pollPages; round++) {
    const { serverTime, pages } = await crm.pollChanges(open.map((target) => pollOf(target, after)));
    startedAt ??= serverTime;
    for (const page of pages) {
      const target = open.find(({ object }) => object === page.object);
      if (target) await take(target, page.records);
      moveOn(after, page, target);
    }
    open = open.filter(({ object }) => !pages.find((page) => page.object === object)?.done);
  }
  return { startedAt, open };
}

async function startKeys(store: Store, plan: MirrorPlan, tails: Tails): Promise<Map<string, Key>> {
  const after = new Map<string, Key>();
  const cursors = await Promise.all(plan.objects.map(({ object }) => store.cursors.find(object)));
  const earliest = cursors.map((cursor) => cursor?.modstamp ?? '').toSorted()[0] ?? '';
  for (const [index, { object }] of [...plan.objects, ...ruleObjects].entries()) {
    const { modstamp, lastId } = tails.get(object) ?? cursors[index] ?? { modstamp: earliest, lastId: '' };
    after.set(object, { modstamp, lastId });
  }
  return after;
}

const pollOf = (target: MirroredObject, after: ReadonlyMap<string, Key>) => ({
  object: target.object,
  fields: [...new Set([...target.fields, stampOf(target)])],
  stampField: stampOf(target),
  after: after.get(target.object) ?? { modstamp: '', lastId: '' },
  limit: pageSize,
  includeDeleted: true,
});

const stampOf = ({ stampField }: MirroredObject): string => stampField ?? 'SystemModstamp';

const moveOn = (after: Map<string, Key>, page: ChangePage, target: MirroredObject | undefined): void => {
  const last = page.records.at(-1);
  if (!last || !target) return;
  after.set(page.object, { modstamp: String(last[stampOf(target)]), lastId: String(last['Id']) });
};

/** A long absence leaves more changes than polls should carry: the rest comes as one Bulk query. */
async function* bulkChanges(
  crm: Crm,
  target: MirroredObject,
  after: ReadonlyMap<string, Key>,
): AsyncGenerator<readonly CrmRecord[]> {
  const { object } = target;
  const fields = [...new Set([...target.fields, stampOf(target)])];
  const where = `${stampOf(target)} >= ${after.get(object)?.modstamp ?? ''}`;
  for await (const page of crm.extract({ object, fields, where, includeDeleted: true })) yield toRecords(page);
}

/** Counts from the instant at which the first poll started, never from the latest stamp seen. */
async function advance(store: Store, plan: MirrorPlan, startedAt: string): Promise<void> {
  const modstamp = back(startedAt, overlapMs);
  for (const { object } of plan.objects) await store.cursors.advance({ object, modstamp, lastId: '' });
}

const back = (instant: string, ms: number): string => new Date(Date.parse(instant) - ms).toISOString();
