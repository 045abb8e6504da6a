import type { OrgCore } from '../org-core.ts';

type Cached = { revision: number; values: Map<string, unknown> };
type Holder = { readonly readRevision: () => number; cached: Cached };

const holders = new WeakMap<OrgCore, Holder>();

/** Returns what `load` found for this key, until a row that decides rights changes. */
export function cachedByRevision<T>(core: OrgCore, key: string, load: () => T): T {
  const holder = holderOf(core);
  const revision = holder.readRevision();
  if (holder.cached.revision !== revision) holder.cached = { revision, values: new Map() };
  const { values } = holder.cached;
  if (!values.has(key)) values.set(key, load());
  return values.get(key) as T;
}

/** A number that is another one whenever rows that decide rights, or the definitions of objects, have changed. */
export const securityRevision = (core: OrgCore): number => holderOf(core).readRevision();

function holderOf(core: OrgCore): Holder {
  let holder = holders.get(core);
  if (holder === undefined) {
    const statement = core.db.prepare('select revision from _security');
    holder = {
      readRevision: () => (statement.get() as { revision: number }).revision,
      cached: { revision: -1, values: new Map() },
    };
    holders.set(core, holder);
  }
  return holder;
}
