import type { HttpContext } from '../http/http-context.ts';
import type { RestCall, RestRoute } from '../http/rest-call.ts';
import type { Outbox } from './outbox.ts';

/** What actions need beyond other resources: where mail and notifications go. */
export type ActionContext = HttpContext & { readonly outbox: Outbox };

export type ActionCall = RestCall<ActionContext>;

export type ActionRoute = RestRoute<ActionContext>;
