import { toId18 } from '../../data/ids.ts';
import type { UserContext } from '../../data/types.ts';
import type { WireContext } from '../wire-context.ts';

/** The body of `/services/oauth2/userinfo`. */
export function userinfoBody(wire: WireContext, user: UserContext): Record<string, unknown> {
  const profile = readProfile(wire, user);
  const { organizationId } = wire.org.core;
  return {
    sub: identityUrl(wire, user),
    user_id: user.userId,
    organization_id: organizationId,
    preferred_username: user.username,
    nickname: profile.nickname,
    name: user.name,
    email: profile.email,
    email_verified: true,
    given_name: profile.firstName,
    family_name: profile.lastName,
    zoneinfo: user.timeZone,
    profile: `${wire.instanceUrl}/${user.userId}`,
    urls: serviceUrls(wire),
    active: true,
    user_type: 'STANDARD',
    language: user.language,
    locale: user.locale,
  };
}

export type IdentityIds = { readonly organizationId: string; readonly userId: string };

/** Why an identity address tells nothing, in the platform's codes; undefined for the caller's own. */
export function refuseIdentity(
  wire: WireContext,
  user: UserContext,
  ids: IdentityIds,
): { readonly status: number; readonly code: string } | undefined {
  const [organizationId, userId] = [toId18(ids.organizationId), toId18(ids.userId)];
  if (organizationId === undefined || userId === undefined) return { status: 404, code: 'Bad_Id' };
  if (organizationId !== wire.org.core.organizationId) return { status: 403, code: 'Wrong_Org' };
  return userId === user.userId ? undefined : { status: 403, code: 'No_Access' };
}

/** The body of `/id/<organization>/<user>`. */
export function identityBody(wire: WireContext, user: UserContext): Record<string, unknown> {
  const profile = readProfile(wire, user);
  return {
    id: identityUrl(wire, user),
    asserted_user: true,
    user_id: user.userId,
    organization_id: wire.org.core.organizationId,
    username: user.username,
    nick_name: profile.nickname,
    display_name: user.name,
    email: profile.email,
    email_verified: true,
    first_name: profile.firstName,
    last_name: profile.lastName,
    timezone: user.timeZone,
    urls: serviceUrls(wire),
    active: true,
    user_type: 'STANDARD',
    language: user.language,
    locale: user.locale,
    is_app_installed: true,
  };
}

type Profile = { nickname: string; email: string; firstName: string | null; lastName: string };

function readProfile(wire: WireContext, user: UserContext): Profile {
  const fields = ['Email', 'FirstName', 'LastName'];
  const record = wire.org.retrieve(wire.org.system(), 'User', user.userId, fields);
  const text = (name: string): string => {
    const value = record[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    nickname: user.username.split('@')[0] ?? user.username,
    email: text('Email'),
    firstName: text('FirstName') || null,
    lastName: text('LastName'),
  };
}

const identityUrl = (wire: WireContext, user: UserContext): string =>
  `${wire.instanceUrl}/id/${wire.org.core.organizationId}/${user.userId}`;

function serviceUrls(wire: WireContext): Record<string, string> {
  const base = wire.instanceUrl;
  const rest = `${base}/services/data/v{version}/`;
  const { organizationId } = wire.org.core;
  return {
    enterprise: `${base}/services/Soap/c/{version}/${organizationId}`,
    metadata: `${base}/services/Soap/m/{version}/${organizationId}`,
    partner: `${base}/services/Soap/u/{version}/${organizationId}`,
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: `${base}/services/Soap/T/{version}/${organizationId}`,
    tooling_rest: `${rest}tooling/`,
    profile: `${base}/{user_id}`,
    custom_domain: base,
  };
}
