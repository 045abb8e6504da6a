import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ownPath } from '../../lightning/own-path.ts';
import { signIn } from '../../lightning/page-session.ts';
import { authenticate } from '../../http/authenticate.ts';
import type { WireContext } from '../wire-context.ts';
import { formOf } from './form-of.ts';

/** How long a front-door address opens; Salesforce only says that it is short. */
const OPEN_MILLISECONDS = 60_000;

const HOME = '/lightning/page/home';

type Invitation = { readonly userId: string; readonly until: number };

/** Turns a session of the API into one of the pages: by an address that works once, or by the token itself. */
export function registerSingleAccess(server: FastifyInstance, wire: WireContext): void {
  const invitations = new Map<string, Invitation>();
  server.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/singleaccess',
    handler: (request) => {
      const { userId } = authenticate(request, wire);
      const secret = randomBytes(32).toString('base64url');
      const now = wire.org.core.clock.now();
      forgetExpired(invitations, now);
      invitations.set(secret, { userId, until: now + OPEN_MILLISECONDS });
      const address = new URL('/secur/frontdoor.jsp', wire.instanceUrl);
      address.searchParams.set('otp', secret);
      const target = formOf(request).get('redirect_uri');
      if (target !== null) address.searchParams.set('startURL', ownPath(`/${target.replace(/^\/+/, '')}`, HOME));
      return { frontdoor_uri: address.href };
    },
  });
  server.route({
    method: ['GET', 'POST'],
    url: '/secur/frontdoor.jsp',
    handler: (request, reply) => enter(request, reply, wire, invitations),
  });
}

/** Lets in who has a fresh invitation or a token; anyone else comes to the same page, where there is a login. */
function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  wire: WireContext,
  invitations: Map<string, Invitation>,
): FastifyReply {
  const form = formOf(request);
  const userId = form.has('otp')
    ? redeem(invitations, form.get('otp') ?? '', wire.org.core.clock.now())
    : wire.sessions.find(form.get('sid') ?? '');
  if (userId !== undefined) signIn(reply, wire.sessions, wire.org.user(userId));
  return reply.redirect(ownPath(form.get('startURL') ?? form.get('retURL'), HOME), 303);
}

function redeem(invitations: Map<string, Invitation>, secret: string, now: number): string | undefined {
  forgetExpired(invitations, now);
  const invitation = invitations.get(secret);
  invitations.delete(secret);
  return invitation?.userId;
}

function forgetExpired(invitations: Map<string, Invitation>, now: number): void {
  for (const [key, { until }] of invitations) if (until < now) invitations.delete(key);
}
