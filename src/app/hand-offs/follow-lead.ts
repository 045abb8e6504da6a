import { agreedReason } from '../../domain/hand-off/agreed-reason.ts';
import { type Episode, isHeld } from '../../domain/hand-off/episode.ts';
import { knownAt } from '../../domain/hand-off/first-met.ts';
import { followHandOffs, type GivenAnswer } from '../../domain/hand-off/follow-hand-offs.ts';
import { positionAt } from '../../domain/replay/applied-version.ts';
import type { Stay } from '../../domain/replay/walk-versions.ts';
import type { PersonHistory } from '../../domain/timeline/timeline.ts';
import { decide } from '../../domain/verdict/decide.ts';
import type { CrmRecord, HandOffEvidence, ObservedChange } from '../ports.ts';
import type { Intent } from '../sync/replace-intents.ts';
import type { RulesInForce, VersionInForce } from '../sync/rules-in-force.ts';
import { toSeconds } from '../sync/lead-states.ts';
import { answerOf, handOffRows, toEpisode } from './hand-off-rows.ts';

export type LeadHandOffs = {
  /** Keys of all intents that there may be for this lead. */
  readonly keys: readonly string[];
  readonly intents: readonly Intent[];
  /** What was known when hand-offs opened that are not on record yet. */
  readonly evidence: readonly HandOffEvidence[];
  /** Next instant at which a definition of the hand-off can change. */
  readonly nextAt: number;
  /** What people wrote that the agreement does not know. */
  readonly problems: readonly string[];
};

/** A person with the stages that the person went through under the versions that applied. */
export type LivedHistory = { readonly history: PersonHistory; readonly stays: readonly Stay[] };

export type FollowContext = { readonly rules: RulesInForce; readonly ownerId: string; readonly now: number };

/** Follows the hand-offs of a lead: its rows as they should be, and the evidence of those that are new. */
export function followLead(
  person: LivedHistory,
  rows: readonly CrmRecord[],
  observed: readonly ObservedChange[],
  { rules, ownerId, now }: FollowContext,
): LeadHandOffs {
  const { versions } = rules;
  const sorted = rows.toSorted((a, b) => toEpisode(a).openedAt - toEpisode(b).openedAt);
  const recorded = endAllButLast(sorted.map(toEpisode));
  const last = sorted.at(-1);
  const answer = last && answerAt(last, rules, observed, now);
  const { episodes, nextAt } = followHandOffs({ versions, ...person, recorded, answer, now });
  const leadId = person.history.personId;
  const newKey = keysAfter(leadId, sorted);
  const records = episodes.map((episode, index) => {
    const row = sorted[index];
    const key = row ? String(row['Key__c']) : newKey(index - sorted.length);
    const record = toRecord(episode, { row, key, leadId, ownerId, version: versionAt(rules, episode.openedAt) });
    return row ? { ...record, ...reasonToWrite(row, rules) } : record;
  });
  const opened = episodes.slice(sorted.length);
  return {
    keys: [...new Set([...records.map((record) => String(record['Key__c'])), newKey(0)])].map(handOffRows.intentKey),
    intents: records.map((record, index) => ({
      entry: handOffRows.upsert(record),
      differs: handOffRows.differs(sorted[index], record),
    })),
    evidence: opened.map((episode, index) => ({
      key: newKey(index),
      leadId,
      evidence: evidenceOf(person, episode, versionAt(rules, episode.openedAt)),
    })),
    nextAt,
    problems: last ? unagreedReason(last, rules) : [],
  };
}

/** The agreed reason that a row names, by the latest version that knows it. */
const reasonOf = (row: CrmRecord, { versions }: RulesInForce): string | undefined => {
  const text = row['Reason__c'];
  if (typeof text !== 'string') return undefined;
  const known = versions.map(({ compiled }) => agreedReason(compiled.agreement, text));
  return known.findLast((id) => id !== undefined);
};

/** A reason that was named by its title is written by its id, which facts and promises go by. */
function reasonToWrite(row: CrmRecord, rules: RulesInForce): CrmRecord {
  const reason = reasonOf(row, rules);
  return reason === undefined || reason === row['Reason__c'] ? {} : { Reason__c: reason };
}

/** The answer counts all the same, without its reason. */
function unagreedReason(row: CrmRecord, rules: RulesInForce): readonly string[] {
  const text = row['Reason__c'];
  if (typeof text !== 'string' || reasonOf(row, rules) !== undefined) return [];
  const ids = (rules.agreement.process?.reasons ?? []).map(({ id }) => id).join(', ');
  const known = ids === '' ? 'it names none' : `it knows ${ids}`;
  return [
    `The hand-off ${String(row['Key__c'])} has the reason "${text}", which the agreement does not know: ${known}. ` +
      'It counts without a reason.',
  ];
}

/** Names the hand-offs that follow those on record: the numbers go on, also where a row in between is gone. */
function keysAfter(leadId: string, rows: readonly CrmRecord[]): (index: number) => string {
  const numbers = rows.flatMap((row) => {
    const [lead, number] = String(row['Key__c']).split(':');
    return lead === leadId ? [Number(number)] : [];
  });
  const highest = Math.max(0, ...numbers);
  return (index) => `${leadId}:${highest + 1 + index}`;
}

/** The version in force when a hand-off opened; today's where its instant was cut to the second before. */
const versionAt = ({ versions }: RulesInForce, at: number): VersionInForce =>
  (versions[positionAt(versions, at)] ?? versions.at(-1)) as VersionInForce;

/** A merge can leave two hand-offs of one person: the later one goes on. */
const endAllButLast = (episodes: readonly Episode[]): readonly Episode[] =>
  episodes.map((episode, index) => {
    const next = episodes[index + 1];
    if (!next || !isHeld(episode)) return episode;
    return { ...episode, status: 'Ended', decidedAt: next.openedAt };
  });

/** An answer is of the instant at which the service saw it given. */
function answerAt(
  row: CrmRecord,
  rules: RulesInForce,
  observed: readonly ObservedChange[],
  now: number,
): GivenAnswer | undefined {
  const given = answerOf(row);
  if (!given) return undefined;
  const seen = observed.findLast(({ recordId, field }) => recordId === row['Id'] && field === 'Answer__c');
  const reason = reasonOf(row, rules);
  return { answer: given, at: seen?.at ?? now, ...(reason !== undefined && { reason }) };
}

type RowContext = {
  readonly row: CrmRecord | undefined;
  readonly key: string;
  readonly leadId: string;
  readonly ownerId: string;
  readonly version: VersionInForce;
};

/** A row on record keeps the version under which it opened, and the lead that it began with. */
function toRecord(episode: Episode, { row, key, leadId, ownerId, version }: RowContext): CrmRecord {
  const { stage, openedAt, waitingSince, status, decidedAt, acceptedAt } = episode;
  return {
    Lead__c: leadId,
    Lead_Id__c: row?.['Lead_Id__c'] ?? leadId,
    Key__c: key,
    OwnerId: ownerId,
    Agreement__c: row ? (row['Agreement__c'] ?? null) : version.versionId,
    Agreement_Version__c: row ? (row['Agreement_Version__c'] ?? null) : version.version,
    Stage__c: stage,
    Opened_At__c: toSeconds(openedAt),
    Waiting_Since__c: toSeconds(waitingSince),
    Owner_Waited_Minutes__c: Math.floor((openedAt - waitingSince) / 60_000),
    Status__c: status,
    Decided_At__c: decidedAt === undefined ? null : toSeconds(decidedAt),
    Accepted_At__c: acceptedAt === undefined ? null : toSeconds(acceptedAt),
  };
}

/** The values and the decision of the instant, which never leave the store: restricted facts are among them. */
function evidenceOf({ history, stays }: LivedHistory, { openedAt }: Episode, applied: VersionInForce): string {
  const timeline = knownAt(history, stays, openedAt);
  const { fields, related, owner } = timeline;
  const decision = decide(applied.compiled, timeline, openedAt);
  const { version, hash } = applied;
  return JSON.stringify({ version, hash, at: openedAt, fields, related, owner, decision });
}
