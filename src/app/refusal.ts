/** Why a use case refuses; the command adds what to do about it (`messages/accord.errors.md`, one entry a key). */
export type RefusalKey =
  | 'agreement-file'
  | 'agreement-invalid'
  | 'calendar'
  | 'column-map'
  | 'csv'
  | 'deploy-failed'
  | 'file-changed'
  | 'file-exists'
  | 'merge-conflict'
  | 'mode-refused'
  | 'lead-not-found'
  | 'no-agreement'
  | 'no-connection'
  | 'no-preview'
  | 'not-a-signer'
  | 'not-confirmed'
  | 'not-installed'
  | 'not-permitted'
  | 'not-signable'
  | 'nothing-to-import'
  | 'file-not-read'
  | 'not-synced'
  | 'nothing-to-preview'
  | 'other-org'
  | 'service-user'
  | 'signals'
  | 'signed-both'
  | 'time'
  | 'unknown-name'
  | 'version-behind'
  | 'version-taken'
  | 'wrong-status';

/** Says that a use case did nothing, or stopped, because of what it was given; the message names the thing. */
export class Refusal extends Error {
  readonly key: RefusalKey;
  /** One line for each thing that is wrong, when there are several. */
  readonly details: readonly string[];

  constructor(key: RefusalKey, message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'Refusal';
    this.key = key;
    this.details = details;
  }
}
