/** A formula that cannot be compiled, or evaluated, in the platform's words. */
export class FormulaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormulaError';
  }
}
