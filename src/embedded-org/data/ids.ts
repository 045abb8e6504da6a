const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Extends a 15-character id to 18 characters, whose last three encode the case of the others.
 *
 * Returns undefined for text that cannot be an id; an 18-character id in the wrong case is repaired from its checksum.
 */
export function toId18(text: string): string | undefined {
  if (!/^[0-9A-Za-z]+$/.test(text)) return undefined;
  if (text.length === 15) return text + checksum(text);
  if (text.length !== 18) return undefined;
  const repaired = restoreCase(text.slice(0, 15), text.slice(15).toUpperCase());
  return repaired === undefined ? undefined : repaired + checksum(repaired);
}

/** Builds the id of the n-th record of an object: prefix, the org's pod `000000`-style middle, a base-62 counter. */
export function makeId(keyPrefix: string, sequence: number): string {
  let rest = '';
  for (let left = sequence; left > 0; left = Math.floor(left / 62)) rest = (DIGITS[left % 62] ?? '') + rest;
  const id15 = `${keyPrefix}Ac${rest.padStart(10, '0')}`;
  return id15 + checksum(id15);
}

function checksum(id15: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(id15[chunk * 5 + i] ?? '')) bits |= 1 << i;
    suffix += ALPHABET[bits];
  }
  return suffix;
}

function restoreCase(id15: string, suffix: string): string | undefined {
  let out = '';
  for (let i = 0; i < 15; i++) {
    const bits = ALPHABET.indexOf(suffix[Math.floor(i / 5)] ?? '');
    if (bits < 0) return undefined;
    const char = id15[i] ?? '';
    out += bits & (1 << (i % 5)) ? char.toUpperCase() : char.toLowerCase();
  }
  return out;
}
