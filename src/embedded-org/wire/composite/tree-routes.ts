import { inTransaction } from '../../data/dml/run-batch.ts';
import { OrgError } from '../../data/org-error.ts';
import type { DmlOptions, ObjectDef, SaveError } from '../../data/types.ts';
import {
  asObject,
  bodyObject,
  dmlOptions,
  type RestAnswer,
  type RestCall,
  type RestRoute,
} from '../../http/rest-call.ts';
import { refuseMistyped } from '../rest/json-types.ts';
import { refuseOtherType, requireType } from '../rest/record-attributes.ts';
import { objectOf } from '../rest/sobject-routes.ts';

const MOST_RECORDS = 200;
const DEEPEST = 5;

/** Records with their children in one call: all of them are created, or none. */
export const treeRoutes: readonly RestRoute[] = [
  { method: 'POST', path: 'composite/tree/:object', handle: createTree },
];

type Path = readonly (string | number)[];
type Created = { readonly referenceId: string; readonly id: string };
type Failed = { readonly referenceId: string; readonly errors: readonly SaveError[] };

/** A record to create: its own fields, and lists of children by relationship. */
type Node = {
  readonly object: ObjectDef;
  readonly referenceId: string;
  readonly fields: Record<string, unknown>;
  readonly children: readonly { readonly field: string; readonly nodes: readonly Node[] }[];
};

function createTree(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const nodes = readNodes(call, object, bodyObject(call)['records'], ['records']);
  checkNodes(nodes);
  const created: Created[] = [];
  const failed: Failed[] = [];
  inTransaction(call.wire.org.core, () => {
    for (const node of nodes) createNode(call, node, dmlOptions(call, true), created, failed);
    return { keep: failed.length === 0 };
  });
  if (failed.length > 0) return { status: 400, body: { hasErrors: true, results: failed.map(failureBody) } };
  return { status: 201, body: { hasErrors: false, results: created } };
}

function createNode(call: RestCall, node: Node, options: DmlOptions, created: Created[], failed: Failed[]): void {
  const [result] = call.wire.org.insert(call.user, node.object.name, [node.fields], options);
  if (!result?.success || result.id === undefined) {
    failed.push({ referenceId: node.referenceId, errors: result?.errors ?? [] });
    return;
  }
  created.push({ referenceId: node.referenceId, id: result.id });
  for (const { field, nodes } of node.children) {
    for (const child of nodes) {
      createNode(call, { ...child, fields: { ...child.fields, [field]: result.id } }, options, created, failed);
    }
  }
}

/** `path` leads to the list in the body. */
function readNodes(call: RestCall, object: ObjectDef, value: unknown, path: Path): readonly Node[] {
  if (!Array.isArray(value)) throw new OrgError('MISSING_ARGUMENT', 'records is required.', 400, ['records']);
  if (path.length > 3 * DEEPEST - 2)
    throw new OrgError('INVALID_INPUT', `A tree may be at most ${DEEPEST} levels deep.`, 400);
  return value.map((each, index) =>
    readNode(call, object, asObject(each, 'Each record must be an object.'), [...path, index]),
  );
}

function readNode(call: RestCall, object: ObjectDef, record: Record<string, unknown>, path: Path): Node {
  const { schema } = call.wire.org.core;
  const { attributes, ...rest } = record;
  const { referenceId } = asObject(attributes ?? {}, 'attributes must be an object.');
  if (typeof referenceId !== 'string' || !/^[A-Za-z0-9]/.test(referenceId)) {
    throw new OrgError('INVALID_INPUT', 'Include a referenceId in the attributes of each record.', 400);
  }
  requireType(record);
  refuseOtherType(call, object, record);
  const fields: Record<string, unknown> = {};
  const children: { field: string; nodes: readonly Node[] }[] = [];
  for (const [key, value] of Object.entries(rest)) {
    const relationship = schema
      .children(object.name)
      .find((each) => each.relationshipName?.toLowerCase() === key.toLowerCase());
    const child = relationship && schema.find(relationship.childSObject);
    const isList = typeof value === 'object' && value !== null && 'records' in value;
    if (!relationship || !child || !isList) fields[key] = value;
    else
      children.push({
        field: relationship.field,
        nodes: readNodes(call, child, value.records, [...path, key, 'records']),
      });
  }
  refuseMistyped(call, object, fields, path);
  return { object, referenceId, fields, children };
}

function checkNodes(roots: readonly Node[]): void {
  const all = flatten(roots);
  if (all.length > MOST_RECORDS) {
    throw new OrgError('INVALID_INPUT', `A tree may hold at most ${MOST_RECORDS} records.`, 400);
  }
  const ids = all.map((node) => node.referenceId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new OrgError('INVALID_INPUT', `Duplicate ReferenceId provided in the request: ${twice}.`, 400);
  }
}

const flatten = (nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node) => [node, ...flatten(node.children.flatMap((each) => each.nodes))]);

const failureBody = ({ referenceId, errors }: Failed): object => ({
  referenceId,
  errors: errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
});
