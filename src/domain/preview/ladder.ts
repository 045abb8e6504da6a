import type { CompiledAgreement } from '../verdict/compile-agreement.ts';

/** How high the stages of a version stand, and which of them counts. */
export type Ladder = {
  /** Stage → rank, the first stage 0; stages beside the ladder are not in it. */
  readonly ranks: ReadonlyMap<string, number>;
  /** The hand-off stage, or the highest one where the agreement hands nobody off. */
  readonly target: string;
  readonly targetRank: number;
};

export function ladderOf({ stages, handOff }: CompiledAgreement): Ladder {
  const climbed = stages.filter(({ side }) => !side);
  const ranks = new Map(climbed.map((stage, rank) => [stage.id, rank]));
  const target = handOff?.stage ?? climbed.at(-1)?.id ?? '';
  return { ranks, target, targetRank: ranks.get(target) ?? Infinity };
}

/** Whether somebody in this stage has reached the stage that counts, or is above it. */
export const isReached = ({ ranks, targetRank }: Ladder, stage: string): boolean =>
  (ranks.get(stage) ?? -1) >= targetRank;
