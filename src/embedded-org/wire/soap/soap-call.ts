import { OrgError } from '../../data/org-error.ts';
import type { UserContext } from '../../data/types.ts';
import { oneOf, textOf, textsOf, type XmlElement } from '../../metadata/xml-element.ts';
import type { WireContext } from '../wire-context.ts';
import type { XmlValue } from './write-xml.ts';

/** Which of the SOAP APIs was called: metadata (`m`), partner (`u`) or enterprise (`c`). */
export type SoapApi = 'm' | 'u' | 'c';

/** One call of a SOAP API by a user whose session is known to be alive. */
export type SoapCall = {
  readonly api: SoapApi;
  /** The element in the body; its children are the arguments. */
  readonly operation: XmlElement;
  readonly header: XmlElement;
  readonly version: number;
  readonly user: UserContext;
  readonly wire: WireContext;
};

/** Answers what stands in `result`: an array makes one element each, undefined none. */
export type SoapOperation = (call: SoapCall) => XmlValue | Promise<XmlValue>;

export type SoapOperations = Readonly<Record<string, SoapOperation>>;

/** A required argument; throws the platform's refusal of a missing one. */
export function argument(call: SoapCall, name: string): string {
  const value = textOf(call.operation, name);
  if (value === undefined) throw new OrgError('MISSING_ARGUMENT', `${name} not specified`);
  return value;
}

/** The texts of a repeated argument. */
export const argumentList = (call: SoapCall, name: string): readonly string[] => textsOf(call.operation, name);

/** A value inside one of the call's headers: `('AllOrNoneHeader', 'allOrNone')`. */
export function headerValue(call: SoapCall, header: string, name: string): string | undefined {
  const element = oneOf(call.header, header);
  return element && textOf(element, name);
}

export function refuseMoreThan(most: number, count: number): void {
  if (count <= most) return;
  const message = `record limit reached. cannot submit more than ${most} records into this operation`;
  throw new OrgError('EXCEEDED_ID_LIMIT', message);
}
