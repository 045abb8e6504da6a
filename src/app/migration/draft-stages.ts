import type { Agreement, Stage } from '../../domain/agreement/schema.ts';
import type { StatusRow } from './org-process.ts';

export type StageDraft = {
  readonly stages: readonly Stage[];
  /** Where each came from, by the stage's id. */
  readonly notes: ReadonlyMap<string, string>;
};

export type StageInput = {
  readonly statuses: readonly StatusRow[];
  /** Name of the score fact and the points that qualify. */
  readonly score: { readonly fact: string; readonly threshold: number } | undefined;
};

/** Statuses with such names say that nobody works on the lead any more. */
const givenUp = /not converted|disqualif|unqualif|not qualified|dead|junk|lost|bad|spam|invalid|do not contact|closed/i;

/**
 * Turns lead statuses into stages: the one that new leads get takes everybody, those of leads that were given up stand
 * beside the ladder, and the others climb it in the order of the picklist. A status of converted leads is no stage.
 */
export function draftStages({ statuses, score }: StageInput): StageDraft {
  const names = new Ids();
  const stages: Stage[] = [];
  const notes = new Map<string, string>();
  const add = (stage: Stage, note: string): void => {
    stages.push(stage);
    notes.set(stage.id, note);
  };
  const open = statuses.filter((each) => !each.isConverted);
  const first = open.find((each) => each.isDefault) ?? open[0];
  const firstTitle = first?.name ?? 'Inquiry';
  add(
    { id: names.next(firstTitle), title: firstTitle },
    first
      ? `lead status "${first.name}", which new leads get; the first stage takes everybody`
      : 'the first stage takes everybody',
  );
  if (score) {
    const when = { all: [{ [score.fact]: { atLeast: score.threshold } }] };
    add(
      { id: names.next('mql'), title: 'Marketing qualified lead', when },
      `the score table; it says nothing of how many points qualify, so check ${score.threshold}`,
    );
  }
  for (const status of open) {
    if (status === first) continue;
    const side = givenUp.test(status.name);
    add(
      {
        id: names.next(status.name),
        title: status.name,
        ...(side && { side: true }),
        when: { all: [{ [statusFact]: { is: status.name } }] },
      },
      side
        ? `lead status "${status.name}"; beside the ladder, taken whenever it is met`
        : `lead status "${status.name}"`,
    );
  }
  return { stages, notes };
}

/** Name of the fact that reads the lead's status. */
export const statusFact = 'leadStatus';

/** The stage that marketing hands over: the first one that has a definition and is on the ladder. */
export const handOffStage = ({ stages }: Pick<Agreement, 'stages'>): string | undefined =>
  stages.find((each) => each.when && each.side !== true)?.id;

class Ids {
  readonly #taken = new Set<string>();

  /** `Working - Contacted` → `working-contacted`, with a number where that is taken. */
  next(title: string): string {
    const word = title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-$/g, '')
      .slice(0, 36)
      .replace(/-$/, '');
    const base = word === '' ? 'stage' : word;
    let id = base;
    for (let number = 2; this.#taken.has(id); number++) id = `${base}-${number}`;
    this.#taken.add(id);
    return id;
  }
}
