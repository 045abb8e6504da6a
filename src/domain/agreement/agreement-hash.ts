import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';

/**
 * Computes what both parties sign: the SHA-256, as 64 hex digits, of the document's canonical JSON.
 *
 * The document is hashed as written. Nothing is filled in, so that a later release with new defaults still finds the
 * same hash, and YAML comments, key order and layout never change it.
 */
export function agreementHash(document: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(document))));
}
