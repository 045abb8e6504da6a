import { OrgError } from '../../../data/org-error.ts';
import type { InputRow, ObjectDef } from '../../../data/types.ts';
import { allOf, type XmlElement } from '../../../metadata/xml-element.ts';
import type { SoapCall } from '../soap-call.ts';

/** A record that a client sent: its object, and its fields as texts. */
export type SentRecord = { readonly object: ObjectDef; readonly row: InputRow };

/** Reads an `sObject`. Fields to empty are listed by name; an element that is nil says nothing. */
export function readSObject(call: SoapCall, element: XmlElement): SentRecord {
  const type = element.children.find((each) => each.name === 'type')?.text ?? element.attributes?.['type'] ?? '';
  return { object: getObject(call, type.replace(/^.*:/, '').trim()), row: rowOf(element) };
}

function rowOf(element: XmlElement): InputRow {
  const row: Record<string, unknown> = {};
  for (const each of element.children) {
    if (each.name === 'type' || each.name === 'fieldsToNull' || each.attributes?.['nil'] === 'true') continue;
    row[each.name] = each.children.length > 0 ? rowOf(each) : each.text;
  }
  for (const each of allOf(element, 'fieldsToNull')) row[each.text.trim()] = null;
  return row;
}

/** An object by name; throws the SOAP APIs' refusal of one that is not there or that the user may not see. */
export function getObject(call: SoapCall, name: string): ObjectDef {
  const object = call.wire.org.core.schema.find(name);
  if (object && call.user.access.object(object.name).read) return object;
  throw new OrgError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
}
