import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UserContext } from '../data/types.ts';
import { authenticateToken, bearerToken } from './authenticate.ts';
import type { HttpContext } from './http-context.ts';

/** Authenticates, counts the call and stamps `Sforce-Limit-Info`; throws what the client is to be refused with. */
export function admit(request: FastifyRequest, reply: FastifyReply, wire: HttpContext): UserContext {
  return admitSession(bearerToken(request), reply, wire);
}

/** The same for a session that came another way than in the `Authorization` header. */
export function admitSession(token: string | undefined, reply: FastifyReply, wire: HttpContext): UserContext {
  const user = authenticateToken(token, wire);
  const { limits } = wire;
  try {
    limits.countRequest();
  } finally {
    reply.header('sforce-limit-info', `api-usage=${limits.used('DailyApiRequests')}/${limits.max('DailyApiRequests')}`);
  }
  return user;
}
