import type { FastifyRequest } from 'fastify';
import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';
import { authenticate } from './authenticate.ts';
import type { HttpContext } from './http-context.ts';

/** The administrator who asks; throws for anybody else. */
export function requireAdmin(request: FastifyRequest, wire: HttpContext): UserContext {
  const user = authenticate(request, wire);
  if (user.access.system('ModifyAllData')) return user;
  throw new OrgError('INSUFFICIENT_ACCESS', 'This needs the session of an administrator', 403);
}
