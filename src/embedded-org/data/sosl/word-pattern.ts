type WordTest = (word: string | undefined) => boolean;

/** Tests words against one in which `*` stands for any letters and `?` for one; no end of a line matches. */
export function compileWord(pattern: string): WordTest {
  if (!/[*?]/.test(pattern)) return (word) => word === pattern;
  const wanted = Array.from(pattern.replaceAll(/\*+/g, '*'));
  return (word) => word !== undefined && word !== '\n' && isLike(Array.from(word), wanted);
}

/**
 * Whether the letters fill the pattern.
 *
 * Only the latest `*` is ever widened: what an earlier one took can stay, because a later one takes whatever is between.
 * So the work is bounded by the product of both lengths.
 */
function isLike(letters: readonly string[], wanted: readonly string[]): boolean {
  let [at, place] = [0, 0];
  let star: { readonly place: number; from: number } | undefined;
  while (at < letters.length) {
    const next = wanted[place];
    if (next === '*') star = { place: place++, from: at };
    else if (next === '?' || next === letters[at]) {
      at++;
      place++;
    } else if (star === undefined) return false;
    else {
      at = ++star.from;
      place = star.place + 1;
    }
  }
  while (wanted[place] === '*') place++;
  return place === wanted.length;
}
