/** An address below `/services/data`, taken apart: version segment, decoded segments after it, parameters. */
export function splitAddress(address: string): {
  version: string;
  segments: readonly string[];
  query: URLSearchParams;
} {
  const url = new URL(address.replace(/^\/+/, '/'), 'http://localhost');
  const [, , version = '', ...segments] = url.pathname.split('/').filter((part) => part !== '');
  return { version, segments: segments.length === 0 ? [''] : segments.map(decode), query: url.searchParams };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
