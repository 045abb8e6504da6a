import { verify, X509Certificate } from 'node:crypto';
import type { WireContext } from '../wire-context.ts';
import { findCertificate } from './connected-apps.ts';
import { OAuthError } from './oauth-error.ts';

type Claims = { readonly iss?: unknown; readonly sub?: unknown; readonly aud?: unknown; readonly exp?: unknown };

/**
 * Checks a JWT bearer assertion and returns the username it was signed for.
 *
 * The issuer must be a registered connected app, the signature RS256 by its certificate, the audience this org.
 * Expiry is judged by the machine's clock, because the client that signed it knows no other.
 */
export function verifyAssertion(wire: WireContext, assertion: string): string {
  const [head = '', payload = '', signature = ''] = assertion.split('.');
  const claims = parsePart(payload) as Claims;
  const algorithm = (parsePart(head) as { alg?: unknown }).alg;
  const certificate = typeof claims.iss === 'string' ? findCertificate(wire.org.core.db, claims.iss) : undefined;
  if (certificate === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const { publicKey } = new X509Certificate(certificate);
  const signed = Buffer.from(`${head}.${payload}`);
  if (algorithm !== 'RS256' || !verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))) {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
  checkAudience(wire, claims.aud);
  checkExpiry(claims.exp);
  if (typeof claims.sub !== 'string') throw new OAuthError('invalid_grant', 'invalid assertion');
  return claims.sub;
}

function checkAudience(wire: WireContext, audience: unknown): void {
  if (typeof audience === 'string' && isThisOrg(wire, audience)) return;
  throw new OAuthError('invalid_grant', 'audience is invalid');
}

const isThisOrg = ({ instanceUrl }: WireContext, audience: string): boolean =>
  audience === instanceUrl || audience === `${instanceUrl}/`;

/** No bound on how far ahead: the CLI itself sends milliseconds where seconds are meant, and real orgs take it. */
function checkExpiry(expiry: unknown): void {
  if (Number(expiry) > Date.now() / 1000) return;
  throw new OAuthError('invalid_grant', 'expired authorization code');
}

function parsePart(part: string): object {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch (cause) {
    throw new OAuthError('invalid_grant', 'invalid assertion', { cause });
  }
  throw new OAuthError('invalid_grant', 'invalid assertion');
}
