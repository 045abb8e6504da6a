import { createHash } from 'node:crypto';

/** A tag that changes with the content. */
export const etagOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
