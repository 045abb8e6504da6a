import type { WrittenPromise } from '../agreement/promise-schema.ts';

/** How a promise is called: `First touch` for `first-touch`, where it has no title. */
export function promiseTitle({ id, title }: Pick<WrittenPromise, 'id' | 'title'>): string {
  if (title !== undefined) return title;
  const words = id.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
