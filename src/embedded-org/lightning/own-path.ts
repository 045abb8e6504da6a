/** The path within this org that a client asked to be sent to, or `otherwise`: nobody may be sent elsewhere. */
export function ownPath(target: string | null, otherwise: string): string {
  if (target === null || !target.startsWith('/')) return otherwise;
  const url = new URL(target, 'http://localhost');
  return url.origin === 'http://localhost' ? url.pathname + url.search : otherwise;
}
