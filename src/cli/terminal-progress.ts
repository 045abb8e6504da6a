import type { Progress } from '../app/ports.ts';

/** Lines a second at most on a terminal: more would only flicker. */
const refreshMs = 100;

/** Before this long the speed so far says little about the rest. */
const estimateAfterMs = 2_000;

/** Reports progress on stderr: a line that updates itself on a terminal, one line a stage elsewhere. */
export class TerminalProgress implements Progress {
  readonly #stream: NodeJS.WriteStream;
  #stage = '';
  #total: number | undefined;
  #done = 0;
  #shownAt = 0;
  #startedAt = 0;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  start(stage: string, total?: number): void {
    this.#stage = stage;
    this.#total = total;
    this.#done = 0;
    this.#shownAt = 0;
    this.#startedAt = Date.now();
    this.#show();
  }

  advance(done: number): void {
    this.#done += done;
    this.#show();
  }

  finish(note?: string): void {
    const text = `${this.#stage}: ${note ?? `${this.#done} done`}`;
    this.#stream.write(this.#stream.isTTY ? `\r\u001b[2K${text}\n` : `${text}\n`);
  }

  #show(): void {
    const now = Date.now();
    if (!this.#stream.isTTY || now - this.#shownAt < refreshMs) return;
    this.#shownAt = now;
    const of = this.#total ? ` of ${this.#total} (${Math.floor((100 * this.#done) / this.#total)} %)` : '';
    this.#stream.write(`\r\u001b[2K${this.#stage} … ${this.#done}${of}${this.#left(now - this.#startedAt)}`);
  }

  /** How long the rest will take at the speed so far. */
  #left(elapsed: number): string {
    if (!this.#total || this.#done === 0 || elapsed < estimateAfterMs) return '';
    const seconds = Math.ceil((elapsed * Math.max(0, this.#total - this.#done)) / this.#done / 1_000);
    if (seconds < 1) return '';
    return seconds < 100 ? `, about ${seconds} s left` : `, about ${Math.ceil(seconds / 60)} min left`;
  }
}

/** Reports nothing: for `--json`. */
export const silentProgress: Progress = { start: () => {}, advance: () => {}, finish: () => {} };
