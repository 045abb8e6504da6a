/** One measured figure of `npm run bench`. */
export type BenchRow = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How many times the value of `against`, measured in the same run. */
  readonly ratio?: number;
  readonly against?: string;
  /** What was promised, in words. */
  readonly target?: string;
  readonly ok?: boolean;
};
