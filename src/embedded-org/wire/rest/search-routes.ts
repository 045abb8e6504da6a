import { OrgError } from '../../data/org-error.ts';
import { asObject, bodyObject, ok, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';

/** Search over the words of records: SOSL, and the same spelled out as parameters. */
export const searchRoutes: readonly RestRoute[] = [
  { method: 'GET', path: 'search', handle: (call) => runSearch(call, call.query.get('q')) },
  { method: 'GET', path: 'parameterizedSearch', handle: (call) => runSearch(call, soslOf(readAddress(call))) },
  { method: 'POST', path: 'parameterizedSearch', handle: (call) => runSearch(call, soslOf(readBody(call))) },
];

const SCOPES: ReadonlySet<string> = new Set(['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR']);

type SearchedObject = {
  readonly name: string;
  readonly fields: readonly string[];
  readonly where: string | undefined;
  readonly orderBy: string | undefined;
  readonly limit: number | undefined;
};

type Parameters = {
  readonly q: string;
  readonly scope: string;
  readonly objects: readonly SearchedObject[];
  readonly limit: number | undefined;
};

function runSearch(call: RestCall, sosl: string | null): RestAnswer {
  if (sosl === null || sosl.trim() === '') {
    throw new OrgError('MALFORMED_SEARCH', 'No search string found.', 400);
  }
  return ok({ searchRecords: call.wire.org.search(call.user, sosl, call.version) });
}

function soslOf({ q, scope, objects, limit }: Parameters): string {
  const returning = objects.map(clauseOf).join(', ');
  const words = q.replaceAll(/[\\{}]/g, (char) => `\\${char}`);
  const end = limit === undefined ? '' : ` LIMIT ${limit}`;
  return `FIND {${words}} IN ${scope} FIELDS${returning === '' ? '' : ` RETURNING ${returning}`}${end}`;
}

function clauseOf({ name, fields, where, orderBy, limit }: SearchedObject): string {
  const parts = [
    (fields.length > 0 ? fields : ['Id']).join(', '),
    where === undefined ? '' : ` WHERE ${where}`,
    orderBy === undefined ? '' : ` ORDER BY ${orderBy}`,
    limit === undefined ? '' : ` LIMIT ${limit}`,
  ];
  return `${name}(${parts.join('')})`;
}

function readAddress({ query }: RestCall): Parameters {
  const list = (text: string | null): string[] => (text ?? '').split(',').filter((each) => each.trim() !== '');
  const objects = query.getAll('sobject').flatMap(list);
  const fieldsOf = (name: string): string[] => list(query.get(`${name}.fields`) ?? query.get('fields'));
  const limitOf = (name: string): number | undefined => readCount(query.get(`${name}.limit`) ?? undefined);
  return {
    q: readWords(query.get('q')),
    scope: readScope(query.get('in') ?? undefined),
    limit: readCount(query.get('overallLimit') ?? undefined),
    objects: objects.map((name) => ({
      name: readName(name),
      fields: fieldsOf(name).map(readName),
      where: query.get(`${name}.where`) ?? undefined,
      orderBy: undefined,
      limit: limitOf(name) ?? readCount(query.get('defaultLimit') ?? undefined),
    })),
  };
}

function readBody(call: RestCall): Parameters {
  const body = bodyObject(call);
  const { q, in: scope, sobjects = [], fields = [], overallLimit, defaultLimit } = body;
  if (!Array.isArray(sobjects)) throw new OrgError('JSON_PARSER_ERROR', 'sobjects must be a list.', 400);
  return {
    q: readWords(q),
    scope: readScope(scope),
    limit: readCount(overallLimit),
    objects: sobjects.map((each: unknown) => readObject(each, fields, defaultLimit)),
  };
}

function readObject(value: unknown, sharedFields: unknown, defaultLimit: unknown): SearchedObject {
  const {
    name,
    fields = sharedFields,
    where,
    orderBy,
    limit = defaultLimit,
  } = asObject(value, 'Each entry of sobjects must be an object.');
  if (!Array.isArray(fields)) throw new OrgError('JSON_PARSER_ERROR', 'fields must be a list.', 400);
  return {
    name: readName(name),
    fields: fields.map(readName),
    where: typeof where === 'string' ? where : undefined,
    orderBy: typeof orderBy === 'string' ? orderBy : undefined,
    limit: readCount(limit),
  };
}

function readWords(value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new OrgError('MISSING_ARGUMENT', 'The q parameter is required.', 400, ['q']);
}

function readScope(value: unknown): string {
  const scope = typeof value === 'string' ? value.toUpperCase() : 'ALL';
  if (SCOPES.has(scope)) return scope;
  throw new OrgError('INVALID_INPUT', `in must be one of ${[...SCOPES].join(', ')}`, 400, ['in']);
}

/** Names go into the search as they are, so they may be nothing but names. */
function readName(value: unknown): string {
  if (typeof value === 'string' && /^[A-Za-z]\w*(\.\w+)*$/.test(value.trim())) return value.trim();
  throw new OrgError('INVALID_INPUT', `Not a name of an object or field: ${String(value)}`, 400);
}

function readCount(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (Number.isInteger(count) && count > 0) return count;
  throw new OrgError('INVALID_INPUT', `A limit must be a positive number, not ${JSON.stringify(value)}`, 400);
}
