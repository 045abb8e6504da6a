import { maySeeHolders, viewSetup } from '../agreement/service-users.ts';
import { healsLater } from '../heals-later.ts';
import type { Store } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { Situation, SyncPorts } from '../sync/sync-situation.ts';
import { previewRequest } from './preview-request.ts';
import type { RequestContext, RequestHandler } from './request-handler.ts';
import { holdsOneOf } from './requester-rights.ts';
import { findOpenRequests, markDone, markFailed, markRunning, type RequestRecord } from './requests.ts';

const handlers: Readonly<Record<string, RequestHandler>> = { preview: previewRequest };

/** A request that was begun this often and never ended, because the service died each time, is given up. */
const mostAttempts = 3;

/**
 * Does what people have asked for by records, each as far as the rights of who asked go; returns what went wrong.
 *
 * A request is marked as running before it is begun, and what a service that died has begun is begun again: every
 * handler writes by keys, so that beginning again repeats nothing. Throws only what heals later: any other failure ends
 * the one request that it belongs to.
 */
export async function runRequests(ports: SyncPorts, situation: Situation): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const request of await findOpenRequests(ports.crm)) {
    try {
      const problem = await runRequest(ports, situation, request);
      if (problem !== undefined) problems.push(problem);
    } catch (error) {
      // What one person asks for must never keep the service from the work of all others.
      if (healsLater(error)) throw error;
      problems.push(`The request ${request.id} could not be answered: ${reasonOf(error)}`);
    }
  }
  return problems;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function runRequest(ports: SyncPorts, situation: Situation, request: RequestRecord): Promise<string | undefined> {
  const { crm, store } = ports;
  const refused = request.status === 'New' ? await markRunning(crm, request.id) : undefined;
  if (refused !== undefined) return refused;
  const attempts = await countAttempt(store, request.id);
  const problem = await answer(ports, situation, request, attempts);
  await store.setNote(attemptsNote(request.id), '');
  return problem;
}

async function answer(
  ports: SyncPorts,
  situation: Situation,
  request: RequestRecord,
  attempts: number,
): Promise<string | undefined> {
  const { crm, store } = ports;
  if (attempts > mostAttempts) {
    return markFailed(crm, request.id, `The service stopped ${mostAttempts} times while it did this. Ask for less.`);
  }
  try {
    return await markDone(
      crm,
      request.id,
      await perform({ ports, situation, requesterId: request.requesterId }, request),
    );
  } catch (error) {
    if (error instanceof Refusal) return markFailed(crm, request.id, [error.message, ...error.details].join(' '));
    if (healsLater(error)) {
      // It is no attempt: the request stays as it is for a later pass.
      await store.setNote(attemptsNote(request.id), String(attempts - 1));
      throw error;
    }
    const refused = await markFailed(crm, request.id, `The service could not do this: ${reasonOf(error)}`);
    return refused ?? `The request ${request.id} failed: ${reasonOf(error)}`;
  }
}

async function perform(context: RequestContext, { type, payload, isRequesterActive }: RequestRecord): Promise<unknown> {
  const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  if (!handler) {
    const known = Object.keys(handlers).join(', ');
    throw new Refusal('unknown-name', `The service knows no request of the type "${type}". It knows: ${known}.`);
  }
  if (!(await maySeeHolders(context.ports.crm))) {
    throw new Refusal(
      'not-a-signer',
      'The service may not look who holds which permission set, so it cannot tell whether you may ask for this. ' +
        `Ask again once an administrator has given its user ${viewSetup}, as the permission set Accord_Service_Org does.`,
    );
  }
  const allowed =
    isRequesterActive && (await holdsOneOf(context.ports.crm, context.requesterId, handler.permissionSets));
  if (!allowed) {
    const named = handler.permissionSets.join(', ');
    throw new Refusal('not-a-signer', `Only holders of one of these permission sets may ask for this: ${named}.`);
  }
  return handler.run(context, parse(payload));
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new Refusal('unknown-name', 'The payload is no JSON.');
  }
}

const attemptsNote = (id: string): string => `request-attempts ${id}`;

async function countAttempt(store: Store, id: string): Promise<number> {
  const attempts = Number((await store.getNote(attemptsNote(id))) || 0) + 1;
  await store.setNote(attemptsNote(id), String(attempts));
  return attempts;
}
