import { PortError } from './ports.ts';

/**
 * Whether a failure is that of the org, the line or the sign-in, so that the same work may succeed later.
 *
 * Any other failure would come again with the same work, so whoever goes through a list tells of it and goes on.
 */
export const healsLater = (error: unknown): boolean =>
  error instanceof PortError && (error.code === 'retryable' || error.code === 'limit' || error.code === 'reauthorize');
