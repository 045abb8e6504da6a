import { StreamingExtension } from 'jsforce/lib/api/streaming.js';
import type { Connection } from 'jsforce';
import { eventually } from '../../../support/eventually.ts';
import type { TestOrg } from '../wire/running-org.ts';

export type ChangeMessage = {
  readonly schema: string;
  readonly event: { readonly replayId: number };
  readonly payload: { readonly ChangeEventHeader: Header } & Readonly<Record<string, unknown>>;
};

type Header = {
  readonly entityName: string;
  readonly recordIds: readonly string[];
  readonly changeType: string;
  readonly changedFields: readonly string[];
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly sequenceNumber: number;
  readonly commitTimestamp: number;
  readonly commitNumber: number;
  readonly commitUser: string;
};

/** Unmodified jsforce on one channel; what it hears is in `heard`. Disconnects with the test. */
export class ChangeListener implements AsyncDisposable {
  readonly heard: ChangeMessage[] = [];
  readonly authFailures: unknown[] = [];
  readonly #client;

  private constructor(connection: Connection, channel: string, replayId: number | undefined) {
    const extensions: object[] = [
      new StreamingExtension.AuthFailure((message: unknown) => this.authFailures.push(message)),
    ];
    if (replayId !== undefined) extensions.push(new StreamingExtension.Replay(channel, replayId));
    this.#client = connection.streaming.createClient(extensions);
  }

  /** Resolves once the org has taken the subscription; rejects with the org's refusal. */
  static async open(connection: Connection, channel: string, replayId?: number): Promise<ChangeListener> {
    const listener = new ChangeListener(connection, channel, replayId);
    try {
      await listener.#subscribe(channel);
    } catch (error) {
      await listener[Symbol.asyncDispose]();
      throw error;
    }
    return listener;
  }

  /** Does not wait: jsforce never settles the subscription of a client that may not sign in. */
  static begin(connection: Connection, channel: string): ChangeListener {
    const listener = new ChangeListener(connection, channel, undefined);
    void listener.#subscribe(channel);
    return listener;
  }

  #subscribe(channel: string): Promise<void> {
    return this.#client.subscribe(channel, (message: ChangeMessage) => this.heard.push(message));
  }

  /** Waits for as many messages and returns them all. */
  async hears(count: number): Promise<readonly ChangeMessage[]> {
    await eventually(
      async () => this.heard.length,
      (length) => length >= count,
      10_000,
    );
    return this.heard;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // jsforce's types leave out what faye's client has.
    (this.#client as unknown as { disconnect(): void }).disconnect();
  }
}

/** Chooses objects for the standard channel, as an administrator does in Setup. */
export const select = (org: TestOrg, ...names: string[]): Promise<unknown> =>
  org.send('POST', '/services/embedded/change-events', { select: names });
