import type { SqlPart } from '../security/sql-part.ts';

export type SqlValue = string | number | null;

/** Collects the values of one statement; the text gets only numbered places, so their order in it does not matter. */
export class Binder {
  readonly values: SqlValue[] = [];

  /** Keeps a value and returns its place, `?3`. */
  bind(value: SqlValue): string {
    this.values.push(value);
    return `?${this.values.length}`;
  }

  /** Takes over a part written with `?` and returns it with places of this statement. */
  adopt(part: SqlPart): string {
    let next = 0;
    return part.text.replaceAll('?', () => this.bind(part.params[next++] ?? null));
  }
}
