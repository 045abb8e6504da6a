import { OrgError } from '../data/org-error.ts';

/**
 * The text of a JSON body in the character set that its content type names, UTF-8 if none.
 *
 * Throws UNSUPPORTED_MEDIA_TYPE for an unknown character set and JSON_PARSER_ERROR for bytes that are no text in it.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError)
      throw new OrgError('UNSUPPORTED_MEDIA_TYPE', `The character set ${charset} is not supported`, 415);
    throw new OrgError('JSON_PARSER_ERROR', `The request body is not valid ${charset}`, 400);
  }
}
