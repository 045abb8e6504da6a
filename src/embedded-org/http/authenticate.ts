import type { FastifyRequest } from 'fastify';
import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';
import type { HttpContext } from './http-context.ts';

/** The user whose token a request carries (`Bearer` or `OAuth`); throws INVALID_SESSION_ID for any other request. */
export function authenticate(request: FastifyRequest, wire: HttpContext): UserContext {
  return authenticateToken(bearerToken(request), wire);
}

export function authenticateToken(token: string | undefined, wire: HttpContext): UserContext {
  const userId = token === undefined ? undefined : wire.sessions.find(token);
  if (userId === undefined) throw new OrgError('INVALID_SESSION_ID', 'Session expired or invalid', 401);
  return wire.org.user(userId);
}

export function bearerToken(request: FastifyRequest): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];
}
