import { parseDuration } from '../agreement/duration.ts';
import { fieldName, objectName } from '../agreement/fact-source.ts';
import { followsStages } from '../agreement/follows-stages.ts';
import type { Agreement, Stage } from '../agreement/schema.ts';
import { restrictedFacts } from '../agreement/uses.ts';
import type { PersonObject } from '../timeline/timeline.ts';
import { compileDefinition, type CompileContext, type CompiledDefinition } from './compile-definition.ts';

export type { CompiledClause, CompiledDefinition } from './compile-definition.ts';

/** A stage with the definition that holds for whoever is in no segment with one of its own. */
export type CompiledStage = CompiledDefinition & {
  readonly id: string;
  readonly title: string;
  /** Off the ladder: taken whenever it is met. */
  readonly side: boolean;
  /** False: once reached, not lost by its clauses turning. */
  readonly back: boolean;
  /** The definition for each segment, in the order of the agreement; the base one where a segment has none. */
  readonly inSegment: readonly CompiledDefinition[];
};

export type CompiledSegment = CompiledDefinition & { readonly id: string; readonly title: string };

export type CompiledHandOff = {
  readonly stage: string;
  readonly requires: 'owner' | undefined;
  readonly accepted: CompiledDefinition | undefined;
  readonly rejected: CompiledDefinition | undefined;
  readonly recycled: CompiledDefinition | undefined;
};

export type CompiledOutcome = {
  readonly success: 'converted' | 'won' | CompiledDefinition;
  /** Milliseconds from reaching the stage within which success counts; Infinity where it always does. */
  readonly within: number;
  readonly value: { readonly object: PersonObject; readonly field: string } | undefined;
};

export type CompiledAgreement = {
  readonly name: string;
  /** The document that was compiled. */
  readonly agreement: Agreement;
  /** Lowest first, as in the document. */
  readonly stages: readonly CompiledStage[];
  /** In the order of the document: a person is in the first one that is met. */
  readonly segments: readonly CompiledSegment[];
  readonly handOff: CompiledHandOff | undefined;
  readonly outcome: CompiledOutcome | undefined;
  /** Whether the stage that a person is in decides: then a new stage is judged again a millisecond after its begin. */
  readonly followsStages: boolean;
};

/** Prepares a checked agreement for judging any number of people: names resolved, sentences written, closures built. */
export function compileAgreement(agreement: Agreement): CompiledAgreement {
  const context: CompileContext = { agreement, restricted: restrictedFacts(agreement) };
  const { name, stages, segments = [] } = agreement;
  return {
    name,
    agreement,
    stages: stages.map((stage) => compileStage(context, stage)),
    segments: segments.map(({ id, title, when }) => ({ id, title, ...compileDefinition(when, id, context) })),
    handOff: compileHandOff(context),
    outcome: compileOutcome(context),
    followsStages: followsStages(agreement),
  };
}

/** The definition of a stage for people of a segment, given by its position; -1 is no segment. */
export const definitionOf = (stage: CompiledStage, segment: number): CompiledDefinition =>
  segment < 0 ? stage : (stage.inSegment[segment] ?? stage);

function compileStage(context: CompileContext, { id, title, when, whenIn = {}, side, back }: Stage): CompiledStage {
  const base = compileDefinition(when, id, context);
  const inSegment = (context.agreement.segments ?? []).map((segment) => {
    const own = Object.hasOwn(whenIn, segment.id) ? whenIn[segment.id] : undefined;
    return own ? compileDefinition(own, `${id}@${segment.id}`, context) : base;
  });
  return { ...base, id, title, side: side ?? false, back: back ?? true, inSegment };
}

function compileHandOff(context: CompileContext): CompiledHandOff | undefined {
  const written = context.agreement.process?.handOff;
  if (!written) return undefined;
  const part = (key: 'accepted' | 'rejected' | 'recycled'): CompiledDefinition | undefined =>
    written[key] && compileDefinition(written[key], `handOff.${key}`, context);
  return {
    stage: written.stage,
    requires: written.requires,
    accepted: part('accepted'),
    rejected: part('rejected'),
    recycled: part('recycled'),
  };
}

function compileOutcome(context: CompileContext): CompiledOutcome | undefined {
  const { outcome } = context.agreement;
  if (!outcome) return undefined;
  const { success, within, value } = outcome;
  return {
    success: typeof success === 'string' ? success : compileDefinition(success, 'outcome', context),
    within: (within === undefined ? undefined : parseDuration(within)) ?? Infinity,
    value: value === undefined ? undefined : { object: objectName(value), field: fieldName(value) },
  };
}
