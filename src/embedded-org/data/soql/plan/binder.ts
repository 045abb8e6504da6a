import type { SqlPart } from '../../security/sql-part.ts';

export type SqlValue = string | number | null;

/** Collects the values of one statement; the text gets only numbered places, so their order in it does not matter. */
export class Binder {
  readonly values: SqlValue[] = [];

  /** Keeps a value and returns its place, `?3`. */
  bind(value: SqlValue): string {
    this.values.push(value);
    return `?${this.values.length}`;
  }

  /** The values of one run, those of some places given for it. */
  valuesWith(given: Readonly<Record<string, SqlValue>>): readonly SqlValue[] {
    return this.values.map((value, index) => given[`?${index + 1}`] ?? value);
  }

  /** Takes over a part written with `?` and returns it with places of this statement. */
  adopt(part: SqlPart): string {
    let next = 0;
    return part.text.replaceAll('?', () => this.bind(part.params[next++] ?? null));
  }
}
