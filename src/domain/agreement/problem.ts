export type ProblemCode =
  | 'missing'
  | 'wrong-type'
  | 'wrong-value'
  | 'unknown-key'
  | 'unknown-fact'
  | 'unknown-field'
  | 'unknown-value'
  | 'unknown-group'
  | 'unknown-condition'
  | 'unknown-segment'
  | 'unknown-stage'
  | 'unknown-calendar'
  | 'unknown-promise'
  | 'unknown-signer'
  | 'unused-fact'
  | 'unused-group'
  | 'unused-condition'
  | 'unused-calendar'
  | 'cycle'
  | 'too-complex'
  | 'duplicate'
  | 'wrong-comparison'
  | 'given-away'
  | 'never-met'
  | 'too-deep'
  | 'too-long';

/** What is wrong with an agreement, and where. */
export type Problem = {
  readonly severity: 'error' | 'warning';
  /** Keys and positions from the root of the document to the offending value; for an unknown key, to the key itself. */
  readonly path: readonly (string | number)[];
  /** One or two sentences: what is wrong and what to write instead. Does not repeat the path or the suggestion. */
  readonly message: string;
  readonly code: ProblemCode;
  /** The nearest valid name. */
  readonly suggestion?: string;
};

/** Adds the nearest valid name where there is one. */
export const withSuggestion = (problem: Problem, suggestion: string | undefined): Problem =>
  suggestion === undefined ? problem : { ...problem, suggestion };
