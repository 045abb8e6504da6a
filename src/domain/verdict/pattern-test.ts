/**
 * Compiles a pattern in which `*` stands for any text, without regard to case.
 *
 * Looks for the pieces one after the other, which takes linear time on any text; a regular expression would not.
 */
export function patternTest(pattern: string): (value: string) => boolean {
  const pieces = pattern.toLowerCase().split('*');
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  const between = pieces.slice(1, -1).filter((piece) => piece !== '');
  if (pieces.length === 1) return (value) => value.toLowerCase() === first;
  return (written) => {
    const value = written.toLowerCase();
    if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
    let from = first.length;
    for (const piece of between) {
      const at = value.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from <= value.length - last.length;
  };
}
