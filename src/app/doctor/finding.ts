/** `blocks-enforce` findings would make enforcement unfair; the others are worth knowing before it. */
export type Severity = 'blocks-enforce' | 'warns' | 'info';

/** Who can put a finding right. */
export type Fixer = 'administrator' | 'marketing operations' | 'sales manager' | 'signers' | 'whoever runs the service';

/** Something about the org that enforcing the agreement would run into. No finding names a lead or its owner. */
export type Finding = {
  /** Stable, for scripts. */
  readonly id: string;
  readonly severity: Severity;
  /** What is the case, as one sentence. */
  readonly title: string;
  /** Counts and names of settings that show it. */
  readonly evidence: readonly string[];
  readonly fixedBy: Fixer;
  /** What to do: a menu path, a permission set or a command. */
  readonly how: string;
};
