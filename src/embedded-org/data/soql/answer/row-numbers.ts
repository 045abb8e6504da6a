const FIRST_CAPACITY = 256;

/** A growing list of row numbers that costs eight bytes each. */
export class RowNumbers {
  #values = new Float64Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  slice(offset: number, count: number): number[] {
    return [...this.#values.subarray(offset, Math.min(offset + count, this.#length))];
  }
}
