/**
 * What the Lightning host tells `<accord-lead-card>` of one lead: plain data, read as the signed-in user.
 *
 * `none` is an org without an agreement in force; `no-access` is a user without a permission set of Accord.
 */
export type LeadCardData =
  | { readonly status: 'loading' | 'none' | 'no-access' }
  | { readonly status: 'failed'; readonly problem: string }
  | ({ readonly status: 'not-shared' } & LeadCardUnshared)
  | ({ readonly status: 'ready' } & LeadCardState);

/** A lead whose reasons this user may not read, or that the service has not judged yet: which of both, nobody here can tell. */
export type LeadCardUnshared = {
  /** Title of the stage, from the lead's own field; absent where the service does not keep that field. */
  readonly stageTitle?: string | undefined;
  /** The lead waits in a queue and has no person as its owner. */
  readonly inQueue: boolean;
};

export type LeadCardState = {
  /** JSON of a `Receipt`, as the service wrote it. */
  readonly receipt: string;
  /** ISO instant at which the lead came into its stage. */
  readonly since?: string | undefined;
  /** ISO instant after which time alone may have changed the answer. */
  readonly validUntil?: string | undefined;
  readonly agreement?: LeadCardAgreement | undefined;
  /**
   * Values of the fields that the receipt names (`Lead.Industry` → text, '' where blank), as this user may see them.
   * A field that is absent may not be read by this user: the card then shows neither its value nor its outcome.
   */
  readonly values: Readonly<Record<string, string>>;
  readonly converted: boolean;
  /** The lead has just changed and the service may be about to answer. */
  readonly checking: boolean;
};

export type LeadCardAgreement = {
  readonly name: string;
  readonly version: number;
  readonly status?: string | undefined;
  readonly mode?: string | undefined;
  /** ISO instants. */
  readonly effectiveFrom?: string | undefined;
  readonly expiresOn?: string | undefined;
};

/** Fired when the user asks to read again after a failure; carries no detail. */
export const LEAD_RETRY = 'leadretry';
