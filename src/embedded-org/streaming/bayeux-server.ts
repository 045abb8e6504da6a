import faye from 'faye';

export type BayeuxMessage = {
  channel: string;
  clientId?: string;
  id?: string;
  subscription?: string | string[];
  successful?: boolean;
  error?: string;
  data?: unknown;
  ext?: Record<string, unknown>;
  advice?: Record<string, unknown>;
};

type Pipe<Request> = (message: BayeuxMessage, request: Request | null, pass: (message: BayeuxMessage) => void) => void;

type Extension<Request> = { readonly incoming: Pipe<Request>; readonly outgoing: Pipe<Request> };

/** Client connections of a Bayeux server; the open ones wait for messages. */
type Engine = {
  hasConnection(clientId: string): boolean;
  deliver(clientId: string, messages: readonly BayeuxMessage[]): boolean;
  /** Answers a waiting connection with what it has been given. */
  flushConnection(clientId: string): void;
  bind(event: 'disconnect', listener: (clientId: string) => void): void;
};

export type BayeuxServer<Request> = {
  readonly engine: Engine;
  process(
    messages: readonly BayeuxMessage[],
    request: Request,
    reply: (messages: readonly BayeuxMessage[]) => void,
  ): void;
  close(): void;
};

/** The server side of faye, which its types leave out. What begins with `_` is private, hence the pinned version. */
type NodeAdapter<Request> = {
  addExtension(extension: Extension<Request>): void;
  close(): void;
  readonly _server: Pick<BayeuxServer<Request>, 'process'> & { readonly _engine: Engine };
};

type ServerSide = {
  readonly NodeAdapter: new <Request>(options: { mount: string; timeout: number }) => NodeAdapter<Request>;
};

/** A Bayeux server whose connects wait for `timeout` seconds and whose messages go through `extension`. */
export function createBayeuxServer<Request>(timeout: number, extension: Extension<Request>): BayeuxServer<Request> {
  const adapter = new (faye as unknown as ServerSide).NodeAdapter<Request>({ mount: '/cometd', timeout });
  adapter.addExtension(extension);
  const { _server: server } = adapter;
  return {
    engine: server['_engine'],
    process: (messages, request, reply) => server.process(withOneConnect(messages), request, reply),
    close: () => adapter.close(),
  };
}

/** faye forgets a connect that another one of the same request overtakes, and the request would wait for it for ever. */
function withOneConnect(messages: readonly BayeuxMessage[]): readonly BayeuxMessage[] {
  const first = messages.findIndex(({ channel }) => channel === '/meta/connect');
  return messages.map((message, index) =>
    message.channel === '/meta/connect' && index !== first
      ? { ...message, error: '400::A request may hold one connect' }
      : message,
  );
}
