import { writeTogether } from '../../../data/dml/run-batch.ts';
import { OrgError } from '../../../data/org-error.ts';
import type { DmlOptions, InputRow, ObjectDef, SaveError, SaveResult } from '../../../data/types.ts';
import { allOf } from '../../../metadata/xml-element.ts';
import { groupRuns } from '../../group-runs.ts';
import { argument, argumentList, headerValue, refuseMoreThan, type SoapCall } from '../soap-call.ts';
import type { XmlObject, XmlValue } from '../write-xml.ts';
import { readSObject, type SentRecord } from './read-sobject.ts';

const MOST_RECORDS = 200;

export const create = (call: SoapCall): XmlValue =>
  save(call, (object, rows, options) => call.wire.org.insert(call.user, object.name, rows, options)).map(saveResult);

export const update = (call: SoapCall): XmlValue =>
  save(call, (object, rows, options) => call.wire.org.update(call.user, object.name, rows, options)).map(saveResult);

export function upsert(call: SoapCall): XmlValue {
  const key = argument(
    call,
    allOf(call.operation, 'externalIDFieldName').length > 0 ? 'externalIDFieldName' : 'externalIdFieldName',
  );
  const results = save(call, (object, rows, options) => {
    const field = call.wire.org.core.schema.field(object, key);
    if (!field) throw new OrgError('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
    return call.wire.org.upsert(call.user, object.name, field.name, rows, options);
  });
  return results.map((each) => ({ created: each.created, ...saveResult(each) }));
}

export const deleteRecords = (call: SoapCall): XmlValue =>
  call.wire.org.remove(call.user, idList(call), dmlOptions(call)).map(saveResult);

export const undelete = (call: SoapCall): XmlValue =>
  call.wire.org.undeleteRows(call.user, idList(call), dmlOptions(call)).map(saveResult);

export const emptyRecycleBin = (call: SoapCall): XmlValue =>
  call.wire.org.emptyRecycleBin(call.user, idList(call), dmlOptions(call)).map(saveResult);

type Save = (object: ObjectDef, rows: readonly InputRow[], options: DmlOptions) => readonly SaveResult[];

/** Records of one object that follow each other are written together; results keep the order sent. */
function save(call: SoapCall, write: Save): readonly SaveResult[] {
  const elements = allOf(call.operation, 'sObjects');
  refuseMoreThan(MOST_RECORDS, elements.length);
  const records = elements.map((each) => readSObject(call, each));
  const runs = groupRuns(records, ({ object }) => object);
  const options = dmlOptions(call);
  return writeTogether(call.wire.org.core, options.allOrNone, () =>
    runs.flatMap(({ key, items }) => write(key, items.map(rowOf), options)),
  );
}

const rowOf = ({ row }: SentRecord): InputRow => row;

function idList(call: SoapCall): readonly string[] {
  const ids = argumentList(call, 'ids');
  refuseMoreThan(MOST_RECORDS, ids.length);
  return ids;
}

/** Unlike REST, SOAP runs assignment rules only when a header asks for them. */
export function dmlOptions(call: SoapCall): DmlOptions {
  const rule = headerValue(call, 'AssignmentRuleHeader', 'assignmentRuleId');
  return {
    allOrNone: headerValue(call, 'AllOrNoneHeader', 'allOrNone') === 'true',
    autoAssign: rule ?? headerValue(call, 'AssignmentRuleHeader', 'useDefaultRule') === 'true',
    allowSaveDuplicates: headerValue(call, 'DuplicateRuleHeader', 'allowSave') === 'true',
    apiVersion: call.version,
  };
}

const saveResult = ({ id, success, errors }: SaveResult): XmlObject => ({
  errors: errorList(errors),
  id: success ? id : null,
  success,
});

export const errorList = (errors: readonly SaveError[]): XmlValue =>
  errors.map(({ fields, message, statusCode }) => ({ fields, message, statusCode }));
