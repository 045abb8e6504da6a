import { OrgError } from '../data/org-error.ts';
import type { FieldDef, ObjectDef } from '../data/types.ts';
import { isReadable } from './field-tree.ts';
import { assertObjectAccess, planFields } from './read-record.ts';
import { readPage } from './record-page.ts';
import type { FieldValue } from './record-representation.ts';
import { soqlString } from './soql-literal.ts';
import { findServed, isServed } from './supported-objects.ts';
import { illegalValue, notFound, ok, param, type UiCall, type UiRoute, uiPath, wholeNumber } from './ui-route.ts';

/** Records that a reference field could point at, by their name. */
export const lookupRoutes: readonly UiRoute[] = [
  { method: 'GET', path: 'lookups/:object/:field', handle: (call) => ok(searchAll(call)) },
  { method: 'GET', path: 'lookups/:object/:field/:target', handle: (call) => ok(searchOne(call)) },
];

function searchAll(call: UiCall): unknown {
  const field = referenceOf(call);
  const targets = targetsOf(call, field);
  return { lookupResults: Object.fromEntries(targets.map((target) => [target.name, search(call, field, target)])) };
}

function searchOne(call: UiCall): unknown {
  const field = referenceOf(call);
  const target = targetsOf(call, field).find(({ name }) => name === param(call, 'target'));
  if (!target) throw notFound();
  return search(call, field, target);
}

function referenceOf(call: UiCall): FieldDef {
  const object = findServed(call.org, param(call, 'object'));
  assertObjectAccess(call.user, object);
  const field = call.org.core.schema.field(object, param(call, 'field'));
  if (!field?.referenceTo || !isReadable(call.user, object, field)) throw notFound();
  return field;
}

const targetsOf = ({ org, user }: UiCall, field: FieldDef): readonly ObjectDef[] =>
  (field.referenceTo ?? []).flatMap((name) => {
    const object = org.core.schema.find(name);
    return object && isServed(object) && (object.setup || user.access.object(name).read) ? [object] : [];
  });

const DEFAULT_PAGE_SIZE = 25;
const LARGEST_PAGE_SIZE = 2_000;
const FEWEST_CHARACTERS = 2;

function search(call: UiCall, field: FieldDef, target: ObjectDef): unknown {
  const { org, user, query } = call;
  const searchType = query.get('searchType') ?? 'Search';
  if (!['Recent', 'Search', 'TypeAhead'].includes(searchType)) throw illegalValue('searchType', searchType);
  const pageSize = wholeNumber('pageSize', query.get('pageSize'), DEFAULT_PAGE_SIZE, 1, LARGEST_PAGE_SIZE);
  const page = wholeNumber('page', query.get('page'), 1, 1, LARGEST_PAGE_SIZE);
  const text = (query.get('q') ?? '').replaceAll('*', '').trim();
  if (searchType !== 'Recent' && text.length < FEWEST_CHARACTERS)
    throw new OrgError(
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      `The search term must have at least ${FEWEST_CHARACTERS} characters`,
    );
  const name = target.fields.find((each) => each.nameField)?.name ?? 'Id';
  const fields = ['Id', name].map((each) => `${target.name}.${each}`);
  const tree = planFields(org, user, target, { fields, optionalFields: [] });
  // which records a user opened is not recorded, so that nobody has recent ones
  const condition = searchType === 'Recent' ? 'Id = null' : wordsBegin(name, text);
  const request = { pageSize, pageToken: String((page - 1) * pageSize), sortBy: [] };
  const found = readPage(org, user, target, tree, [condition], request, [{ path: name, descending: false }]);
  const url = (number: number | null): string | null =>
    number === null
      ? null
      : uiPath(call, `lookups/${param(call, 'object')}/${field.name}/${target.name}?${pageQuery(query, number)}`);
  const next = found.nextPageToken === null ? null : page + 1;
  const previous = page > 1 ? page - 1 : null;
  return {
    count: found.count,
    currentPageToken: String(page),
    currentPageUrl: url(page),
    nextPageToken: next === null ? null : String(next),
    nextPageUrl: url(next),
    previousPageToken: previous === null ? null : String(previous),
    previousPageUrl: url(previous),
    records: found.records.map((record) => ({ ...record, fields: { ...NO_SECOND_LINE, ...record.fields } })),
  };
}

/** What tells records of the same name apart; no search layout names a field for it here. */
const NO_SECOND_LINE: Record<string, FieldValue> = { DisambiguationField: { displayValue: null, value: null } };

/** Every word of the search begins a word of the name. */
function wordsBegin(name: string, text: string): string {
  const words = text.split(/\s+/).map((word) =>
    soqlString(word)
      .slice(1, -1)
      .replaceAll(/[%_]/g, String.raw`\$&`),
  );
  return words.map((word) => `(${name} LIKE '${word}%' OR ${name} LIKE '% ${word}%')`).join(' AND ');
}

function pageQuery(query: URLSearchParams, page: number): string {
  const copy = new URLSearchParams(query);
  copy.set('page', String(page));
  return copy.toString();
}
