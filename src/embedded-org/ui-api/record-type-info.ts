import type { Org } from '../data/org-core.ts';
import { availableRecordTypes, defaultRecordType, recordTypesOf } from '../data/security/record-types.ts';
import type { ObjectDef, UserContext } from '../data/types.ts';
import { toId18 } from '../data/ids.ts';

/** The record type that an object without record types has. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

export type RecordTypeInfo = {
  readonly available: boolean;
  readonly defaultRecordTypeMapping: boolean;
  readonly master: boolean;
  readonly name: string;
  readonly recordTypeId: string;
};

/** The active record types of an object by id, the master one among them, each with what it is to the user. */
export function recordTypeInfos(
  org: Org,
  user: UserContext,
  object: ObjectDef,
): Readonly<Record<string, RecordTypeInfo>> {
  const available = availableRecordTypes(org.core, user);
  const defaultId = defaultRecordTypeId(org, user, object);
  const toInfo = (recordTypeId: string, name: string): RecordTypeInfo => {
    const master = recordTypeId === MASTER_RECORD_TYPE;
    const mapping = {
      available: master || available.has(recordTypeId),
      defaultRecordTypeMapping: recordTypeId === defaultId,
    };
    return { ...mapping, master, name, recordTypeId };
  };
  const types = recordTypesOf(org.core, object.name).filter(({ active }) => active);
  const all = [...types.map(({ id, name }) => toInfo(id, name)), toInfo(MASTER_RECORD_TYPE, 'Master')];
  return Object.fromEntries(all.map((info) => [info.recordTypeId, info]));
}

export const defaultRecordTypeId = (org: Org, user: UserContext, object: ObjectDef): string =>
  defaultRecordType(org.core, user, object.name) ?? MASTER_RECORD_TYPE;

/** Whether a record of the object can be of this record type. */
export const isRecordTypeOf = (org: Org, object: ObjectDef, recordTypeId: string): boolean =>
  recordTypeId === MASTER_RECORD_TYPE ||
  recordTypesOf(org.core, object.name).some(({ id }) => id === toId18(recordTypeId));
