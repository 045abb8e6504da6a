import { OrgError } from '../data/org-error.ts';

/**
 * The text of a JSON body in the character set that its content type names, UTF-8 if none.
 *
 * Throws UNSUPPORTED_MEDIA_TYPE for an unknown character set and JSON_PARSER_ERROR for bytes that are no text in it.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | undefined): string {
  const charset = charsetOf(contentType) ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw unsupportedCharset(charset);
    throw new OrgError('JSON_PARSER_ERROR', `The request body is not valid ${charset}`, 400);
  }
}

export const charsetOf = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1];

export const unsupportedCharset = (charset: string): OrgError =>
  new OrgError('UNSUPPORTED_MEDIA_TYPE', `The character set ${charset} is not supported`, 415);

/** The refusal of a body in a format that the resource does not read. */
export const unsupportedMedia = (contentType: string | undefined): OrgError => {
  const type = contentType?.split(';')[0]?.trim() ?? '';
  return new OrgError('UNSUPPORTED_MEDIA_TYPE', `MediaType of '${type}' is not supported by this resource`, 415);
};
