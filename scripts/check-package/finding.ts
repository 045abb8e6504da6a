/** Something that an org would refuse or silently ignore, and what to do about it. */
export type Finding = {
  readonly file: string;
  readonly line: number;
  /** Short id of the rule, such as `unknown-field`. */
  readonly rule: string;
  readonly problem: string;
  readonly advice: string;
};

export const toLine = ({ file, line, rule, problem, advice }: Finding): string =>
  `${file}:${line}  ${problem}  ${advice}  [${rule}]`;
