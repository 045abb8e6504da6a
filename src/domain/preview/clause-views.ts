import type { CompiledAgreement, CompiledDefinition } from '../verdict/compile-agreement.ts';
import { favourableCodes } from '../verdict/favourable-codes.ts';
import { notMet } from '../verdict/outcome-code.ts';
import type { DefinitionNode } from '../verdict/outcome-of.ts';
import type { CompiledSource } from '../verdict/prepared-clause.ts';

/** A clause of a version with the definition that it counts in. */
export type ClauseView = {
  readonly id: string;
  readonly sentence: string;
  readonly restricted: boolean;
  /** Stands in a `none`: the definition wants it not to be met. */
  readonly unwanted: boolean;
  /** Position of the stage in the compiled agreement, and of the clause in the definition. */
  readonly stage: number;
  readonly index: number;
  readonly node: DefinitionNode;
  /** Positions of the segments that are judged by it; -1 are the people of none. */
  readonly segments: ReadonlySet<number>;
  /** The fields that it reads, such as `Lead.Industry`; none for a clause on events. */
  readonly fields: readonly string[];
};

/** Lists the clauses of all stages in the order of the agreement, those of a segment's own definition behind the base's. */
export function clauseViews({ stages }: CompiledAgreement): readonly ClauseView[] {
  return stages.flatMap((stage, position) => {
    const segments = new Map<readonly unknown[], { readonly definition: CompiledDefinition; readonly of: number[] }>();
    segments.set(stage.clauses, { definition: stage, of: [-1] });
    for (const [segment, definition] of stage.inSegment.entries()) {
      const known = segments.get(definition.clauses);
      if (known) known.of.push(segment);
      else segments.set(definition.clauses, { definition, of: [segment] });
    }
    return [...segments.values()].flatMap(({ definition, of }) => viewsOf(definition, position, new Set(of)));
  });
}

function viewsOf({ node, clauses }: CompiledDefinition, stage: number, segments: ReadonlySet<number>): ClauseView[] {
  if (!node) return [];
  const wanted = favourableCodes(node, clauses.length);
  return clauses.map(({ id, restricted, source, results }, index) => ({
    id,
    sentence: results[0].sentence,
    restricted,
    unwanted: wanted[index] === notMet,
    stage,
    index,
    node,
    segments,
    fields: fieldsOf(source),
  }));
}

function fieldsOf(source: CompiledSource): readonly string[] {
  if (source.kind === 'field') return [`${source.object}.${source.field}`];
  return source.kind === 'score' ? source.fields : [];
}
