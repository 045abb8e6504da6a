import { createHash, randomBytes } from 'node:crypto';

/** Only characters that `sf` accepts in an access token: word characters and dots. */
export const randomToken = (): string => randomBytes(48).toString('base64url').replaceAll('-', '.');

/** What is kept of a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
