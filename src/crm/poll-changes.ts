import {
  type ChangePage,
  type ChangePoll,
  type CrmRecord,
  type CrmValue,
  type PollAnswer,
  PortError,
} from '../app/ports.ts';
import { toPortError } from './errors.ts';
import type { FieldTypes } from './field-types.ts';
import { fromJson } from './field-values.ts';
import type { QueryPage } from './query-records.ts';
import { soqlLiteral, soqlName } from './soql-literal.ts';
import type { Transport } from './transport.ts';

/** Queries that one call to `/composite` may carry. */
const pollsPerCall = 5;

type Subanswer = { readonly body: unknown; readonly httpStatusCode: number; readonly referenceId: string };

/** Reads what changed since each poll's key; `serverTime` is when the first of the calls was answered. */
export async function pollChanges(
  transport: Transport,
  fieldTypes: FieldTypes,
  polls: readonly ChangePoll[],
): Promise<PollAnswer> {
  const answers: PollAnswer[] = [];
  for (let start = 0; start < polls.length; start += pollsPerCall) {
    answers.push(await pollOnce(transport, fieldTypes, polls.slice(start, start + pollsPerCall)));
  }
  if (answers.length === 0) throw new PortError('bug', 'There is nothing to poll');
  const first = answers[0] as PollAnswer;
  return { serverTime: first.serverTime, pages: answers.flatMap((answer) => answer.pages) };
}

async function pollOnce(
  transport: Transport,
  fieldTypes: FieldTypes,
  polls: readonly ChangePoll[],
): Promise<PollAnswer> {
  const doing = `Reading changes of ${polls.map((poll) => poll.object).join(', ')}`;
  const types = await Promise.all(polls.map((poll) => fieldTypes.resolve(poll.object, poll.fields)));
  const compositeRequest = polls.map((poll, index) => ({
    method: 'GET',
    url: `${transport.resource(poll.includeDeleted ? 'queryAll' : 'query')}?q=${encodeURIComponent(toSoql(poll))}`,
    referenceId: `poll${index}`,
  }));
  const response = await transport.send({
    doing,
    method: 'POST',
    path: 'composite',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ allOrNone: false, compositeRequest }),
    repeatable: true,
  });
  const { compositeResponse } = (await response.json()) as { readonly compositeResponse: readonly Subanswer[] };
  const pages = polls.map((poll, index) => toPage(poll, types[index] as readonly string[], compositeResponse[index]));
  return { serverTime: serverTime(response, doing), pages };
}

/** Pages by key, because many records share one stamp: `>` alone would lose some, `>=` alone would never end. */
function toSoql(poll: ChangePoll): string {
  const stamp = soqlName(poll.stampField);
  const { modstamp, lastId } = poll.after;
  const at = soqlLiteral({ instant: modstamp });
  const after =
    lastId === '' ? `${stamp} >= ${at}` : `((${stamp} = ${at} AND Id > ${soqlLiteral(lastId)}) OR ${stamp} > ${at})`;
  const fields = [...new Set(['Id', poll.stampField, ...poll.fields])].map(soqlName).join(', ');
  return `SELECT ${fields} FROM ${soqlName(poll.object)} WHERE ${after} ORDER BY ${stamp}, Id LIMIT ${poll.limit}`;
}

function toPage(poll: ChangePoll, types: readonly string[], answer: Subanswer | undefined): ChangePage {
  if (!answer) throw new PortError('retryable', `Reading changes of ${poll.object} failed: the answer lacks its part`);
  if (answer.httpStatusCode !== 200) {
    throw toPortError(`Reading changes of ${poll.object}`, answer.httpStatusCode, JSON.stringify(answer.body));
  }
  const page = answer.body as QueryPage;
  const typeOf = new Map(poll.fields.map((field, index) => [field, types[index]]));
  typeOf.set('Id', 'id').set(poll.stampField, 'datetime');
  const records = page.records.map((record) => toRecord(record, typeOf));
  return { object: poll.object, records, done: page.done && records.length < poll.limit };
}

function toRecord(record: Record<string, unknown>, typeOf: ReadonlyMap<string, string | undefined>): CrmRecord {
  const flat: Record<string, CrmValue> = {};
  for (const [field, type] of typeOf) flat[field] = fromJson(at(record, field), type);
  return flat;
}

function at(record: Record<string, unknown>, path: string): unknown {
  if (!path.includes('.')) return record[path];
  return path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown> | null)?.[name], record);
}

/** The server's own time: watermarks must not depend on the clock of this machine. */
export function serverTime(response: Response, doing: string): string {
  const time = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(time)) throw new PortError('retryable', `${doing} failed: the answer carries no time`);
  return new Date(time).toISOString();
}
