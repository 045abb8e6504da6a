import type { CompiledAgreement } from '../verdict/compile-agreement.ts';

/** How high the stages of a version stand, and which of them counts. */
export type Ladder = {
  /** Stage → rank, the first stage 0; stages beside the ladder are not in it. */
  readonly ranks: ReadonlyMap<string, number>;
  readonly target: string;
  /** Infinity where the version has no such stage on its ladder: nobody reaches it then. */
  readonly targetRank: number;
};

/** The stage that counts in an agreement: the hand-off stage, or the highest one where it hands nobody off. */
export const targetOf = ({ stages, handOff }: CompiledAgreement): string =>
  handOff?.stage ?? stages.findLast(({ side }) => !side)?.id ?? '';

/** Ranks the stages of a version; `target` is the stage that counts, by id, whichever version names it. */
export function ladderOf(compiled: CompiledAgreement, target = targetOf(compiled)): Ladder {
  const climbed = compiled.stages.filter(({ side }) => !side);
  const ranks = new Map(climbed.map((stage, rank) => [stage.id, rank]));
  return { ranks, target, targetRank: ranks.get(target) ?? Infinity };
}

/** Whether somebody in this stage has reached the stage that counts, or is above it. */
export const isReached = ({ ranks, targetRank }: Ladder, stage: string): boolean =>
  (ranks.get(stage) ?? -1) >= targetRank;
