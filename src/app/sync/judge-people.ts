import type { Store } from '../ports.ts';
import { evaluatePage, type Evaluation, type EvaluateOptions } from './evaluate.ts';
import { observingSince } from './observing-since.ts';
import type { SyncOptions } from './sync-summary.ts';
import type { Situation, SyncPorts } from './sync-situation.ts';
import type { RulesInForce } from './rules-in-force.ts';

/** Leads judged at a time: their activities and receipts are held in memory together. */
const pageSize = 250;

/** Whose rules every lead of the store was last judged by; empty while that judging is not complete. */
const judgedByNote = 'judged-by';
const judgedUpToNote = 'judged-up-to';

/** Makes the next judging go through all leads; called in the transaction that ends a full read. */
export async function askToJudgeEveryone(store: Store): Promise<void> {
  await store.setNote(judgedByNote, '');
  await store.setNote(judgedUpToNote, '');
}

/** Judges all leads after a full read or under new rules, and otherwise those that are on the list of work. */
export async function judgePeople(
  { store, clock, progress }: SyncPorts,
  { user, plan, rowOwners }: Situation,
  rules: RulesInForce,
  options: SyncOptions,
  total: Evaluation,
): Promise<void> {
  const now = clock.now();
  // What is hidden decides too: its facts are unknown to everybody from then on.
  const judgedBy = [rules.versionId, rules.hash, options.leadFields ? 'leads' : '', ...plan.hidden].join(' ');
  const everyone = (await store.getNote(judgedByNote)) !== judgedBy;
  if (!everyone && (await store.schedule.due(now, 1)).length === 0) return;
  const evaluation: EvaluateOptions = {
    rules,
    plan,
    now,
    serviceUserId: user.userId,
    rowOwners,
    unread: plan.unread,
    observingSince: await observingSince(store, now),
    writeLeads: options.leadFields ?? false,
  };
  progress.start('Judging', everyone ? await store.mirror.count('Lead') : undefined);
  const advance = (done: number): void => progress.advance(done);
  if (everyone) await judgeEveryone(store, evaluation, judgedBy, total, advance);
  // Judging everyone goes on behind where it was interrupted: what has changed before that is on the list of work.
  await judgeDue(store, evaluation, total, advance);
  progress.finish(`${total.judged} judged, ${total.changed} changed`);
}

/** Judges all leads in the order of their ids; after a crash it goes on behind the last page that reached the outbox. */
async function judgeEveryone(
  store: Store,
  options: EvaluateOptions,
  judgedBy: string,
  total: Evaluation,
  advance: (done: number) => void,
): Promise<void> {
  const [target, upTo = ''] = ((await store.getNote(judgedUpToNote)) ?? '').split('|');
  let after = target === judgedBy ? upTo : '';
  for (;;) {
    const leads = await store.mirror.page('Lead', after, pageSize);
    const last = leads.at(-1);
    if (!last) break;
    after = String(last['Id']);
    await evaluatePage(store, leads, options, total, () => store.setNote(judgedUpToNote, `${judgedBy}|${after}`));
    advance(leads.length);
  }
  await store.transaction(async () => {
    await store.setNote(judgedByNote, judgedBy);
    await store.setNote(judgedUpToNote, '');
  });
}

/** Judges the leads on the list of work; each page leaves the list with its outcome. */
async function judgeDue(
  store: Store,
  options: EvaluateOptions,
  total: Evaluation,
  advance: (done: number) => void,
): Promise<void> {
  for (;;) {
    const ids = await store.schedule.due(options.now, pageSize);
    if (ids.length === 0) return;
    const leads = await store.mirror.get('Lead', ids);
    const found = new Set(leads.map((lead) => lead['Id']));
    const gone = ids.filter((id) => !found.has(id)).map((id) => ({ id, dueAt: undefined }));
    await evaluatePage(store, leads, options, total, () => store.schedule.plan(gone));
    advance(leads.length);
  }
}
