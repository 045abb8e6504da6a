import type { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

/** Flags that say which version of which agreement is meant, in the words of the command that takes them. */
export const versionFlags = (messages: Messages<string>) => ({
  agreement: Flags.string({ summary: messages.getMessage('flags.agreement.summary') }),
  version: Flags.integer({ min: 1, summary: messages.getMessage('flags.version.summary') }),
});
