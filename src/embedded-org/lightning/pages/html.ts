/** Text that is already HTML. Only `html` makes it, so everything else in a page is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

/** Builds HTML; values are escaped, for element content and double-quoted attributes alike. */
export const html = (literal: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(literal.map((text, i) => text + (i < parts.length ? toText(parts[i]) : '')).join(''));

/** JSON for a `<script>` element, which ends at the first `</script` whatever is inside. */
export const jsonText = (value: unknown): Html => new Html(JSON.stringify(value).replaceAll('<', String.raw`\u003c`));

function toText(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(toText).join('');
  return escape(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
