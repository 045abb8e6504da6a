import type { Episode } from '../../domain/hand-off/episode.ts';
import { isHeld } from '../../domain/hand-off/episode.ts';
import { followHandOffs, type GivenAnswer } from '../../domain/hand-off/follow-hand-offs.ts';
import type { HandOffRules } from '../../domain/hand-off/hand-off-rules.ts';
import { atBegin } from '../../domain/replay/at-begin.ts';
import { replay } from '../../domain/replay/replay.ts';
import { stageNow } from '../../domain/replay/stage-now.ts';
import { timelineAt } from '../../domain/timeline/timeline-at.ts';
import type { PersonHistory } from '../../domain/timeline/timeline.ts';
import { decide, newJudgement } from '../../domain/verdict/decide.ts';
import type { CrmRecord, HandOffEvidence, ObservedChange } from '../ports.ts';
import type { Intent } from '../sync/replace-intents.ts';
import type { RulesInForce } from '../sync/rules-in-force.ts';
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
};

export type FollowContext = {
  readonly rules: RulesInForce;
  readonly handOffs: HandOffRules;
  readonly ownerId: string;
  readonly now: number;
};

/** Follows the hand-offs of a lead: its rows as they should be, and the evidence of those that are new. */
export function followLead(
  history: PersonHistory,
  rows: readonly CrmRecord[],
  observed: readonly ObservedChange[],
  { rules, handOffs, ownerId, now }: FollowContext,
): LeadHandOffs {
  const sorted = rows.toSorted((a, b) => toEpisode(a).openedAt - toEpisode(b).openedAt);
  const recorded = endAllButLast(sorted.map(toEpisode));
  const last = sorted.at(-1);
  const episodes = followHandOffs({
    rules: handOffs,
    history,
    spans: replay(rules.compiled, atBegin(rules.versions, history), { from: Math.min(rules.since, now), to: now }),
    recorded,
    answer: last && answerAt(last, observed, now),
    since: rules.since,
    now,
  });
  const leadId = history.personId;
  const own = sorted.filter((row) => row['Lead_Id__c'] === leadId).length;
  const records = episodes.map((episode, index) => {
    const row = sorted[index];
    const key = row ? String(row['Key__c']) : `${leadId}:${own + 1 + index - sorted.length}`;
    return toRecord(episode, { row, key, leadId, ownerId, rules });
  });
  const possible = [...records.map((record) => String(record['Key__c'])), `${leadId}:${own + 1}`];
  const opened = episodes.slice(sorted.length);
  return {
    keys: [...new Set(possible)].map(handOffRows.intentKey),
    intents: records.map((record, index) => ({
      entry: handOffRows.upsert(record),
      differs: handOffRows.differs(sorted[index], record),
    })),
    evidence: opened.map((episode, index) => ({
      key: String(records[sorted.length + index]?.['Key__c']),
      leadId,
      evidence: evidenceOf(history, episode, rules),
    })),
    nextAt: episodes.some(isHeld) ? nextTurn(history, handOffs, now) : Infinity,
  };
}

/** A merge can leave two hand-offs of one person: the later one goes on. */
const endAllButLast = (episodes: readonly Episode[]): readonly Episode[] =>
  episodes.map((episode, index) => {
    const next = episodes[index + 1];
    if (!next || !isHeld(episode)) return episode;
    return { ...episode, status: 'Ended', decidedAt: next.openedAt };
  });

/** An answer is of the instant at which the service saw it given. */
function answerAt(row: CrmRecord, observed: readonly ObservedChange[], now: number): GivenAnswer | undefined {
  const given = answerOf(row);
  if (!given) return undefined;
  const seen = observed.findLast(({ recordId, field }) => recordId === row['Id'] && field === 'Answer__c');
  return { ...given, at: seen?.at ?? now };
}

type RowContext = {
  readonly row: CrmRecord | undefined;
  readonly key: string;
  readonly leadId: string;
  readonly ownerId: string;
  readonly rules: RulesInForce;
};

/** A row on record keeps the version under which it opened, and the lead that it began with. */
function toRecord(episode: Episode, { row, key, leadId, ownerId, rules }: RowContext): CrmRecord {
  const { stage, openedAt, waitingSince, status, decidedAt, acceptedAt } = episode;
  return {
    Lead__c: leadId,
    Lead_Id__c: row?.['Lead_Id__c'] ?? leadId,
    Key__c: key,
    OwnerId: ownerId,
    Agreement__c: row ? (row['Agreement__c'] ?? null) : rules.versionId,
    Agreement_Version__c: row ? (row['Agreement_Version__c'] ?? null) : rules.version,
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
function evidenceOf(history: PersonHistory, { openedAt }: Episode, rules: RulesInForce): string {
  const { fields, related, owner, events } = timelineAt(history, openedAt);
  const decision = decide(rules.compiled, { ...history, fields, events }, openedAt);
  const { version, hash } = rules;
  return JSON.stringify({ version, hash, at: openedAt, fields, related, owner, decision });
}

function nextTurn(history: PersonHistory, { definitions }: HandOffRules, now: number): number {
  const instants = Object.values(definitions).map(
    (compiled) => stageNow([{ compiled, from: -Infinity }], history, now, newJudgement(compiled)).nextAt,
  );
  return Math.min(Infinity, ...instants);
}
