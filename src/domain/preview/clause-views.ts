import type { CompiledAgreement } from '../verdict/compile-agreement.ts';
import type { DefinitionNode } from '../verdict/outcome-of.ts';

/** A clause of a version with the definition that it counts in. */
export type ClauseView = {
  readonly id: string;
  readonly sentence: string;
  readonly restricted: boolean;
  /** Position of the stage in the compiled agreement, and of the clause in the stage. */
  readonly stage: number;
  readonly index: number;
  readonly node: DefinitionNode;
  /** The field that it reads, such as `Lead.Industry`; undefined for a clause on events. */
  readonly field: string | undefined;
};

/** Lists the clauses of all definitions in the order of the agreement. */
export function clauseViews({ stages }: CompiledAgreement): readonly ClauseView[] {
  return stages.flatMap(({ clauses, node }, stage) =>
    clauses.flatMap(({ id, restricted, source, results }, index) => {
      if (!node) return [];
      const field = source.kind === 'field' ? `${source.object}.${source.field}` : undefined;
      return [{ id, sentence: results[0].sentence, restricted, stage, index, node, field }];
    }),
  );
}
