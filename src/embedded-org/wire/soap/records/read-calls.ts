import { toId18 } from '../../../data/ids.ts';
import { OrgError } from '../../../data/org-error.ts';
import { deleted, updated } from '../../rest/replication-routes.ts';
import type { RestAnswer, RestCall } from '../../../http/rest-call.ts';
import { argument, argumentList, refuseMoreThan, type SoapCall } from '../soap-call.ts';
import { toXmlValue } from '../to-xml-value.ts';
import type { XmlValue } from '../write-xml.ts';
import { getObject } from './read-sobject.ts';
import { writeSObject } from './write-sobject.ts';

const MOST_RETRIEVED = 2_000;

/** Records in the order of their ids, nil for one that is not there. */
export function retrieve(call: SoapCall): XmlValue {
  const { name } = getObject(call, argument(call, 'sObjectType'));
  const fields = argument(call, 'fieldList')
    .split(',')
    .map((each) => each.trim());
  const ids = argumentList(call, 'ids');
  refuseMoreThan(MOST_RETRIEVED, ids.length);
  return ids.map((text) => readOne(call, name, text, fields));
}

function readOne(call: SoapCall, objectName: string, text: string, fields: readonly string[]): XmlValue {
  const id = toId18(text);
  if (id === undefined) throw new OrgError('MALFORMED_ID', `malformed id ${text}`);
  try {
    const row = call.wire.org.retrieve(call.user, objectName, id, fields, call.version);
    return writeSObject({ schema: call.wire.org.core.schema, api: call.api }, row);
  } catch (error) {
    if (error instanceof OrgError && error.status === 404) return null;
    throw error;
  }
}

export const getUpdated = (call: SoapCall): XmlValue => replicate(call, updated);
export const getDeleted = (call: SoapCall): XmlValue => replicate(call, deleted);

/** The same reading of the same period as by REST. */
function replicate(call: SoapCall, handle: (call: RestCall) => RestAnswer): XmlValue {
  const object = getObject(call, argument(call, 'sObjectType')).name;
  const query = new URLSearchParams({ start: argument(call, 'startDate'), end: argument(call, 'endDate') });
  const { user, wire, version } = call;
  const rest: RestCall = {
    method: 'GET',
    version,
    segments: [],
    params: { object },
    query,
    headers: {},
    body: undefined,
    user,
    wire,
  };
  return toXmlValue(handle(rest).body);
}
