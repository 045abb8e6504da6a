import type { FastifyRequest } from 'fastify';
import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';
import { bearerToken } from '../http/authenticate.ts';
import type { HttpContext } from '../http/http-context.ts';
import { type BayeuxMessage, type BayeuxServer, createBayeuxServer } from './bayeux-server.ts';
import { type Channel, ChannelRefused, openChannel } from './channels.ts';
import { mayHear, viewOf } from './event-view.ts';

/** How long a connect waits for an event. */
const CONNECT_SECONDS = 110;
const OLDEST_VERSION = 37;
const NEWEST_VERSION = 68;
const EVENTS_PER_DELIVERY = 100;
const DAILY_LIMIT = '403::Organization total events daily limit exceeded';
const INVALID = '401::Authentication invalid';

type Client = {
  readonly token: string;
  readonly userId: string;
  readonly subscriptions: Map<string, Subscription>;
};

/** `sent` is the replay id of the last event that this subscription was given. */
type Subscription = { readonly channel: Channel; sent: number };

/**
 * The Streaming API: change events over CometD long polling.
 *
 * faye speaks the Bayeux protocol; this decides who may, and feeds each subscription from the org's event log by its own
 * position, so that nothing waits in memory and a client that comes back goes on where its replay id says.
 */
export class CometdServer {
  readonly #wire: HttpContext;
  readonly #bayeux: BayeuxServer<FastifyRequest>;
  readonly #clients = new Map<string, Client>();
  #isFeeding = false;

  constructor(wire: HttpContext) {
    this.#wire = wire;
    this.#bayeux = createBayeuxServer(CONNECT_SECONDS, {
      incoming: (message, request, pass) => {
        if (request) this.#admit(message, request);
        pass(message);
      },
      outgoing: (message, request, pass) => {
        if (request) this.#complete(message, request);
        pass(message);
      },
    });
    this.#bayeux.engine.bind('disconnect', (clientId) => this.#clients.delete(clientId));
    wire.org.changes.journal.onEvents = () => this.#feedAll();
    wire.sessions.onEnd = () => this.#dropEnded();
  }

  /** Answers one request; a connect is answered when there are events or its time is up. */
  async answer(request: FastifyRequest): Promise<readonly BayeuxMessage[]> {
    const messages = [request.body].flat().filter(isMessage);
    const replies = await new Promise<readonly BayeuxMessage[]>((resolve) => {
      this.#bayeux.process(messages, request, resolve);
      // Only now is a connect among the messages open, so that what it waits for can be delivered.
      for (const { channel, clientId } of messages) {
        if (channel === '/meta/connect' && clientId !== undefined) this.#feed(clientId);
      }
    });
    for (const { channel, clientId } of replies) {
      if (channel === '/meta/subscribe' && clientId !== undefined) setImmediate(() => this.#feed(clientId));
    }
    return replies;
  }

  close(): void {
    this.#wire.org.changes.journal.onEvents = () => {};
    this.#bayeux.close();
  }

  /** Marks what is refused with an error, which faye then answers with. */
  #admit(message: BayeuxMessage, request: FastifyRequest): void {
    const refusal = this.#refusalOf(message, request);
    if (refusal !== undefined) message.error = refusal;
  }

  #refusalOf(message: BayeuxMessage, request: FastifyRequest): string | undefined {
    const token = bearerToken(request);
    if (message.channel === '/meta/handshake') {
      return this.#handshakeFault(request) === undefined ? undefined : '403::Handshake denied';
    }
    if (!message.channel.startsWith('/meta/')) return '403:denied_by_security_policy:publish_denied';
    if (token === undefined) return '401::Request requires authentication';
    const userId = this.#wire.sessions.find(token);
    if (userId === undefined) return INVALID;
    const client = this.#clients.get(message.clientId ?? '');
    if (!client || client.userId !== userId) return '403::Unknown client';
    if (message.channel === '/meta/connect') return this.#eventsLeft() > 0 ? undefined : DAILY_LIMIT;
    if (message.channel === '/meta/subscribe') return this.#subscribe(client, message);
    if (message.channel === '/meta/unsubscribe') {
      for (const name of namesOf(message)) client.subscriptions.delete(name);
    }
    return undefined;
  }

  #handshakeFault(request: FastifyRequest): string | undefined {
    const token = bearerToken(request);
    if (token === undefined) return '401::Request requires authentication';
    if (this.#wire.sessions.find(token) === undefined) return INVALID;
    const version = /\/cometd\/(?:replay\/)?(\d+)\.0(?:\/|$)/.exec(request.url)?.[1];
    if (version === undefined) {
      return `400::API version in the URI is mandatory. URI format: '/cometd/${NEWEST_VERSION}.0'`;
    }
    if (Number(version) < OLDEST_VERSION || Number(version) > NEWEST_VERSION) {
      return `400::Unsupported API version. Only API versions '${OLDEST_VERSION}.0' and later are supported. URI format: '/cometd/${NEWEST_VERSION}.0'`;
    }
    const most = this.#wire.limits.max('DurableStreamingApiConcurrentClients');
    return this.#clients.size < most ? undefined : '403::Organization concurrent user limit exceeded';
  }

  #subscribe(client: Client, message: BayeuxMessage): string | undefined {
    const user = this.#findUser(client);
    if (!user) return INVALID;
    const replay = (message.ext?.['replay'] ?? {}) as Record<string, unknown>;
    try {
      const opened = namesOf(message).map((name) => [name, this.#position(user, name, replay[name])] as const);
      for (const [name, subscription] of opened) client.subscriptions.set(name, subscription);
      return undefined;
    } catch (error) {
      if (error instanceof ChannelRefused) return error.message;
      throw error;
    }
  }

  /** Where a subscription starts: behind the newest event (-1), before the oldest kept (-2), or behind a given one. */
  #position(user: UserContext, name: string, replay: unknown): Subscription {
    const channel = openChannel(this.#wire.org, user, name);
    const { log } = this.#wire.org.changes;
    if (replay === undefined || replay === null || replay === -1) return { channel, sent: log.newest() };
    if (replay === -2) return { channel, sent: 0 };
    if (typeof replay === 'number' && log.keeps(replay)) return { channel, sent: replay };
    throw new ChannelRefused(
      `400::The replayId {${JSON.stringify(replay)}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
    );
  }

  #complete(message: BayeuxMessage, request: FastifyRequest): void {
    if (message.channel === '/meta/handshake') this.#completeHandshake(message, request);
    if (message.channel !== '/meta/connect' || message.error === undefined) return;
    const unknown = message.error === '403::Unknown client' || message.error.includes('Unknown client');
    if (unknown) message.error = '403::Unknown client';
    message.advice = { interval: 0, reconnect: unknown ? 'handshake' : 'none' };
  }

  #completeHandshake(message: BayeuxMessage, request: FastifyRequest): void {
    const reason = this.#handshakeFault(request);
    message.ext = { replay: true, 'payload.format': true };
    if (message.error === '403::Handshake denied') {
      message.ext = { ...message.ext, sfdc: { failureReason: reason ?? INVALID } };
      message.advice = { reconnect: 'none' };
    }
    const token = bearerToken(request);
    const userId = token === undefined ? undefined : this.#wire.sessions.find(token);
    if (!message.successful || message.clientId === undefined || token === undefined || userId === undefined) return;
    this.#clients.set(message.clientId, { token, userId, subscriptions: new Map() });
  }

  /** After the write that made the events: it is not to wait for its subscribers, nor to fail with them. */
  #feedAll(): void {
    if (this.#isFeeding) return;
    this.#isFeeding = true;
    setImmediate(() => {
      this.#isFeeding = false;
      for (const clientId of this.#clients.keys()) this.#feed(clientId);
    });
  }

  /** Gives an open connection what its subscriptions have not had yet. */
  #feed(clientId: string): void {
    const client = this.#clients.get(clientId);
    if (!client || !this.#bayeux.engine.hasConnection(clientId)) return;
    const user = this.#findUser(client);
    if (!user) return this.#bayeux.engine.flushConnection(clientId);
    for (const [name, subscription] of client.subscriptions) {
      this.#bayeux.engine.deliver(clientId, this.#nextEvents(user, name, subscription));
    }
    if (this.#eventsLeft() === 0) this.#bayeux.engine.flushConnection(clientId);
  }

  #nextEvents(user: UserContext, channel: string, subscription: Subscription): readonly BayeuxMessage[] {
    const { org, limits } = this.#wire;
    const heard = subscription.channel.entities().filter((name) => {
      const object = org.core.schema.find(name);
      return object !== undefined && mayHear(user, object);
    });
    const most = Math.min(EVENTS_PER_DELIVERY, this.#eventsLeft());
    const events = org.changes.log.after(subscription.sent, heard, most);
    if (events.length > 0) limits.consume('DailyDeliveredPlatformEvents', events.length, DAILY_LIMIT);
    return events.flatMap(({ replayId, entity, schema, payload }) => {
      subscription.sent = replayId;
      const object = org.core.schema.find(entity);
      if (!object) return [];
      return [{ channel, data: { schema, payload: viewOf(user, object, payload), event: { replayId } } }];
    });
  }

  /** The user of a client, unless the session has ended or the user was deactivated since. */
  #findUser({ token, userId }: Client): UserContext | undefined {
    if (!this.#wire.sessions.isOpen(token)) return undefined;
    try {
      return this.#wire.org.user(userId);
    } catch (error) {
      if (error instanceof OrgError) return undefined;
      throw error;
    }
  }

  #eventsLeft(): number {
    const { limits } = this.#wire;
    return Math.max(0, limits.max('DailyDeliveredPlatformEvents') - limits.used('DailyDeliveredPlatformEvents'));
  }

  /** A client whose session has ended is woken, so that it asks again and hears that it must sign in. */
  #dropEnded(): void {
    for (const [clientId, client] of this.#clients) {
      if (!this.#wire.sessions.isOpen(client.token)) this.#bayeux.engine.flushConnection(clientId);
    }
  }
}

const namesOf = (message: BayeuxMessage): readonly string[] =>
  [message.subscription ?? ''].flat().map((name: unknown) => (typeof name === 'string' ? name : JSON.stringify(name)));

const isMessage = (value: unknown): value is BayeuxMessage =>
  typeof value === 'object' && value !== null && typeof (value as BayeuxMessage).channel === 'string';
