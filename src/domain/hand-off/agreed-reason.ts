import type { Agreement } from '../agreement/schema.ts';

/** The id of the reason that a text names by id or title, in any case; undefined where nobody agreed on such a reason. */
export function agreedReason({ process }: Agreement, text: string): string | undefined {
  const named = plain(text);
  const { reasons = [] } = process ?? {};
  return (reasons.find(({ id }) => plain(id) === named) ?? reasons.find(({ title }) => plain(title) === named))?.id;
}

const plain = (text: string): string => text.trim().toLowerCase();
