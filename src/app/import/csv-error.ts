/** Says where a CSV breaks the format; everything before that line was well formed. */
export class CsvError extends Error {
  readonly line: number;

  constructor(line: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CsvError';
    this.line = line;
  }
}
