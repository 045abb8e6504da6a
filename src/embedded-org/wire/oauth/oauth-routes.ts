import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { authenticate } from '../../http/authenticate.ts';
import type { WireContext } from '../wire-context.ts';
import { formOf } from './form-of.ts';
import { findUserForGrant } from './grants.ts';
import { identityBody, type IdentityIds, refuseIdentity, userinfoBody } from './identity.ts';
import { OAuthError } from './oauth-error.ts';
import { registerSingleAccess } from './single-access.ts';

/** Token, revocation, userinfo and identity. */
export function registerOAuth(server: FastifyInstance, wire: WireContext): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/userinfo',
    handler: (request) => userinfoBody(wire, authenticate(request, wire)),
  });
  registerSingleAccess(server, wire);
  server.get('/id/:organizationId/:userId', (request, reply) => {
    const user = authenticate(request, wire);
    const refusal = refuseIdentity(wire, user, request.params as IdentityIds);
    return refusal ? reply.code(refusal.status).type('text/plain').send(refusal.code) : identityBody(wire, user);
  });
  server.post('/services/oauth2/token', (request) => issueToken(wire, formOf(request)));
  server.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/revoke',
    handler: async (request, reply) => {
      if (!wire.sessions.revoke(formOf(request).get('token') ?? '')) {
        throw new OAuthError('invalid_token', 'the token is invalid or has been revoked');
      }
      return reply.code(200).send();
    },
  });
}

function issueToken(wire: WireContext, form: URLSearchParams): Record<string, unknown> {
  const { user, refreshable, refreshToken } = findUserForGrant(wire, form);
  const added = refreshable ? wire.sessions.refreshTokens.create(user.userId) : undefined;
  const id = `${wire.instanceUrl}/id/${wire.org.core.organizationId}/${user.userId}`;
  const issuedAt = String(wire.org.core.clock.now());
  const answer = {
    access_token: wire.sessions.create(user.userId, added ?? refreshToken),
    instance_url: wire.instanceUrl,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
    signature: createHmac('sha256', form.get('client_secret') ?? '')
      .update(id + issuedAt)
      .digest('base64'),
    scope: 'api refresh_token id',
  };
  return added === undefined ? answer : { ...answer, refresh_token: added };
}
