import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Html } from './pages/html.ts';

export type PagePolicy = {
  /** Marks the page's own inline scripts. */
  readonly nonce: string;
  /** Whether its scripts evaluate text and load scripts from memory, as the sandbox of Lightning Web Security does. */
  readonly evaluates: boolean;
};

export const makeNonce = (): string => randomBytes(16).toString('base64');

/** Sends a page under the platform's kind of content policy: scripts and data of this org only. */
export function sendHtml(
  reply: FastifyReply,
  make: (nonce: string) => Html,
  policy: PagePolicy = { nonce: makeNonce(), evaluates: false },
): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'same-origin')
    .header('content-security-policy', contentPolicy(policy))
    .send(make(policy.nonce).text);
}

const contentPolicy = ({ nonce, evaluates }: PagePolicy): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${evaluates ? " 'unsafe-eval' blob:" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
