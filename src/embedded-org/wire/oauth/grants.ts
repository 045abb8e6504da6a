import { OrgError } from '../../data/org-error.ts';
import type { UserContext } from '../../data/types.ts';
import type { WireContext } from '../wire-context.ts';
import { verifyAssertion } from './jwt-assertion.ts';
import { OAuthError } from './oauth-error.ts';

export type Grant = {
  readonly user: UserContext;
  /** Whether the session is to have a new refresh token. */
  readonly refreshable: boolean;
  /** The refresh token that was presented. */
  readonly refreshToken?: string;
};

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The user a token request speaks for.
 *
 * `password` is the embedded org's convenience for tests and samples: any active user by username, whatever the password,
 * with a refresh token so that refreshing can be tried. The server listens on loopback only.
 */
export function findUserForGrant(wire: WireContext, form: URLSearchParams): Grant {
  switch (form.get('grant_type') ?? '') {
    case 'password':
      return { user: userByName(wire, form.get('username') ?? ''), refreshable: true };
    case 'refresh_token': {
      const refreshToken = form.get('refresh_token') ?? '';
      return { user: userByRefreshToken(wire, refreshToken), refreshable: false, refreshToken };
    }
    case JWT_BEARER:
      return { user: userByName(wire, verifyAssertion(wire, form.get('assertion') ?? '')), refreshable: false };
    default:
      throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  }
}

function userByName(wire: WireContext, username: string): UserContext {
  const user = wire.org.findUserByUsername(username);
  if (!user) throw new OAuthError('invalid_grant', 'authentication failure');
  return user;
}

function userByRefreshToken(wire: WireContext, token: string): UserContext {
  const userId = wire.sessions.refreshTokens.use(token);
  if (userId === undefined) throw new OAuthError('invalid_grant', 'expired access/refresh token');
  try {
    return wire.org.user(userId);
  } catch (cause) {
    if (!(cause instanceof OrgError)) throw cause;
    throw new OAuthError('inactive_user', 'user is inactive', { cause });
  }
}
