import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';

/** What pages need of the sessions of the wire: a page's session is one of them. */
export type PageSessions = {
  create(userId: string): string;
  find(token: string): string | undefined;
  revoke(token: string): boolean;
};

const COOKIE = 'sid';

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

/** The user whose session the cookie carries; undefined when there is none that still holds. */
export function findPageUser(request: FastifyRequest, org: Org, sessions: PageSessions): UserContext | undefined {
  const token = readToken(request);
  const userId = token && sessions.find(token);
  if (!userId) return undefined;
  try {
    return org.user(userId);
  } catch (error) {
    if (error instanceof OrgError) return undefined; // deactivated meanwhile
    throw error;
  }
}

export function signIn(reply: FastifyReply, sessions: PageSessions, user: UserContext): void {
  reply.header('set-cookie', `${COOKIE}=${encodeURIComponent(sessions.create(user.userId))}; ${ATTRIBUTES}`);
}

export function signOut(request: FastifyRequest, reply: FastifyReply, sessions: PageSessions): void {
  const token = readToken(request);
  if (token) sessions.revoke(token);
  reply.header('set-cookie', `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`);
}

/** Whether a request that writes comes from a page of this org; a page of another site could send one too. */
export function isFromOwnPage(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  return origin !== undefined && origin === `http://${host}`;
}

function readToken(request: FastifyRequest): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((each) => each.trim());
  const found = cookies.find((each) => each.startsWith(`${COOKIE}=`));
  try {
    return found && decodeURIComponent(found.slice(COOKIE.length + 1));
  } catch {
    return undefined;
  }
}
