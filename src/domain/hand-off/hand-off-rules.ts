import type { Agreement, Definition } from '../agreement/schema.ts';
import { compileAgreement, type CompiledAgreement } from '../verdict/compile-agreement.ts';

/** When a person is handed over and what becomes of it, ready to judge with. */
export type HandOffRules = {
  readonly stage: string;
  /** Stages in which a person has been handed over: the stage and all above it. */
  readonly reached: ReadonlySet<string>;
  readonly needsOwner: boolean;
  /** Side stages that say what became of a hand-off. */
  readonly sideStages: ReadonlyMap<string, 'Rejected' | 'Recycled'>;
  /** Definitions of the agreement, each compiled as an agreement of its own. */
  readonly definitions: Readonly<Partial<Record<'Accepted' | 'Rejected' | 'Recycled', CompiledAgreement>>>;
};

/** Stage of a compiled definition in which a person is while the definition is met. */
export const metStage = 'met';

const recycledStage = 'recycled';

/** Prepares what the agreement says of hand-offs; undefined where it says nothing. */
export function handOffRules(agreement: Agreement): HandOffRules | undefined {
  const handOff = agreement.process?.handOff;
  if (!handOff) return undefined;
  const { stage, requires, accepted, rejected, recycled } = handOff;
  const ladder = agreement.stages.filter(({ side }) => !side).map(({ id }) => id);
  const side = agreement.stages.filter((each) => each.side).map(({ id }) => id);
  const given = { Accepted: accepted, Rejected: rejected, Recycled: recycled };
  const definitions = Object.entries(given).flatMap(([status, when]) =>
    when ? [[status, compileAgreement(judgedAlone(agreement, when))]] : [],
  );
  return {
    stage,
    reached: new Set(ladder.slice(Math.max(0, ladder.indexOf(stage)))),
    needsOwner: requires === 'owner',
    sideStages: new Map(side.map((id) => [id, id === recycledStage ? 'Recycled' : 'Rejected'])),
    definitions: Object.fromEntries(definitions) as HandOffRules['definitions'],
  };
}

/** An agreement of two stages, the upper of which is the definition: so it is judged as stages are. */
export function judgedAlone(agreement: Agreement, when: Definition): Agreement {
  const stages = [
    { id: 'not-met', title: 'Not met' },
    { id: metStage, title: 'Met', when },
  ];
  const { process, segments, ...rest } = agreement;
  return process || segments ? { ...rest, stages } : { ...agreement, stages };
}
