import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import type { RejectedRow } from '../app/import/import-csv.ts';
import { rejectColumns } from '../app/import/plan-columns.ts';

/** Writes the rows that were not imported to a CSV that can be corrected and imported again; no rows, no file. */
export class RejectsFile implements AsyncDisposable {
  readonly path: string;
  #stream: WriteStream | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** Undefined while no row was rejected. */
  get written(): string | undefined {
    return this.#stream && this.path;
  }

  async add({ line, cells, reason }: RejectedRow, header: readonly string[]): Promise<void> {
    this.#stream ??= await this.#open(header);
    await this.#write([...cells, String(line), reason]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#stream) return;
    this.#stream.end();
    await once(this.#stream, 'finish');
  }

  async #open(header: readonly string[]): Promise<WriteStream> {
    this.#stream = createWriteStream(this.path);
    await once(this.#stream, 'open');
    await this.#write([...header, ...rejectColumns]);
    return this.#stream;
  }

  async #write(cells: readonly string[]): Promise<void> {
    const line = `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
    if (this.#stream?.write(line) === false) await once(this.#stream, 'drain');
  }
}
