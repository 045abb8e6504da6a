import type { FastifyInstance } from 'fastify';
import { OrgError } from '../data/org-error.ts';
import { requireAdmin } from '../http/require-admin.ts';
import { asObject } from '../http/rest-call.ts';
import type { ActionContext } from './action-call.ts';

const PATH = '/services/embedded/outbox';
const SENDERS_PATH = '/services/embedded/senders';
const HELP = 'Send {"verify": ["a@b.example"], "unverify": ["c@d.example"]}, either or both, with addresses.';

/** What the org has sent, and whose addresses may send; for tests. */
export function registerOutbox(server: FastifyInstance, wire: ActionContext): void {
  const { outbox } = wire;
  const sent = (): object => ({ mails: outbox.mails(), notifications: outbox.notifications() });
  server.get(PATH, (request) => {
    requireAdmin(request, wire);
    return sent();
  });
  server.delete(PATH, (request) => {
    requireAdmin(request, wire);
    outbox.clear();
    return sent();
  });
  server.get(SENDERS_PATH, (request) => {
    requireAdmin(request, wire);
    return { unverified: outbox.unverified() };
  });
  server.post(SENDERS_PATH, (request) => {
    requireAdmin(request, wire);
    const { verify = [], unverify = [] } = asObject(request.body, HELP);
    if (!isTexts(verify) || !isTexts(unverify)) throw new OrgError('INVALID_INPUT', HELP, 400);
    for (const address of verify) outbox.setVerified(address, true);
    for (const address of unverify) outbox.setVerified(address, false);
    return { unverified: outbox.unverified() };
  });
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
