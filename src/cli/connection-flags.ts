import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.connection');

/** Flags that say which org a command works with, as whom. */
export const connectionFlags = {
  'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
  'instance-url': Flags.string({
    summary: messages.getMessage('flags.instance-url.summary'),
    env: 'ACCORD_INSTANCE_URL',
    exclusive: ['target-org'],
    noCacheDefault: true,
  }),
  'access-token': Flags.string({
    summary: messages.getMessage('flags.access-token.summary'),
    env: 'ACCORD_ACCESS_TOKEN',
    exclusive: ['target-org'],
    noCacheDefault: true,
  }),
};

/** Flag of commands that keep their own memory of the org. */
export const storeFlag = {
  store: Flags.string({
    summary: messages.getMessage('flags.store.summary'),
    env: 'ACCORD_STORE',
    noCacheDefault: true,
  }),
};

export type ConnectionFlags = {
  readonly 'target-org'?: string | undefined;
  readonly 'instance-url'?: string | undefined;
  readonly 'access-token'?: string | undefined;
  readonly store?: string | undefined;
};
