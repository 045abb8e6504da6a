import { PortError } from '../app/ports.ts';

const namePattern = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/;

/** Quotes the name of an object or a field for SQL, after checking that it can be nothing else than a name. */
export function quoteIdentifier(name: string): string {
  if (!namePattern.test(name))
    throw new PortError('invalid', `'${name}' is not the name of a Salesforce object or field`);
  return `"${name}"`;
}
