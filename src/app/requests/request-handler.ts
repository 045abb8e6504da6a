import type { Situation, SyncPorts } from '../sync/sync-situation.ts';

export type RequestContext = {
  readonly ports: SyncPorts;
  readonly situation: Situation;
  readonly requesterId: string;
};

/** Does one type of request; a Refusal is the answer to who asked for it. */
export type RequestHandler = {
  /** Who may ask: the holders of one of these. */
  readonly permissionSets: readonly string[];
  run(context: RequestContext, payload: unknown): Promise<unknown>;
};
