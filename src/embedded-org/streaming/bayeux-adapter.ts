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

/** The server side of faye, which its types leave out. What begins with `_` is private, hence the pinned version. */
export type BayeuxAdapter<Request> = {
  addExtension(extension: { readonly incoming: Pipe<Request>; readonly outgoing: Pipe<Request> }): void;
  close(): void;
  readonly _server: {
    process(
      messages: readonly BayeuxMessage[],
      request: Request,
      reply: (messages: readonly BayeuxMessage[]) => void,
    ): void;
    readonly _engine: {
      hasConnection(clientId: string): boolean;
      deliver(clientId: string, messages: readonly BayeuxMessage[]): boolean;
      flushConnection(clientId: string): void;
      bind(event: 'disconnect', listener: (clientId: string) => void): void;
    };
  };
};

type ServerSide = {
  readonly NodeAdapter: new <Request>(options: { mount: string; timeout: number }) => BayeuxAdapter<Request>;
};

/** A Bayeux server whose connects wait for `timeout` seconds. */
export function createBayeuxAdapter<Request>(timeout: number): BayeuxAdapter<Request> {
  const { NodeAdapter } = faye as unknown as ServerSide;
  return new NodeAdapter<Request>({ mount: '/cometd', timeout });
}
