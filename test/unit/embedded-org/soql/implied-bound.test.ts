import { describe, expect, it } from 'vitest';
import { toConditionTree } from '../../../../src/embedded-org/data/soql/parse/condition-tree.ts';
import { withImpliedBound } from '../../../../src/embedded-org/data/soql/plan/implied-bound.ts';
import { parseSoql } from '../../../../src/embedded-org/data/soql/parse/parse-soql.ts';
import { QueryErrors } from '../../../../src/embedded-org/data/soql/parse/query-error.ts';
import { QuerySource } from '../../../../src/embedded-org/data/soql/parse/query-source.ts';

const AT = '2026-01-01T00:00:00Z';
const LATER = '2026-01-02T00:00:00Z';

function boundsOf(where: string): unknown {
  const soql = `SELECT Id FROM Lead WHERE ${where}`;
  const query = parseSoql(soql);
  if (query.where === undefined) throw new Error('The query has a WHERE clause.');
  const conditions = new QuerySource(soql, query).conditions(query.where);
  const tree = withImpliedBound(toConditionTree(conditions, new QueryErrors(soql)));
  const first = tree.kind === 'and' ? tree.parts[0] : undefined;
  return first?.kind === 'leaf' && first.condition;
}

describe('the bound that alternatives imply', () => {
  it('is the instant that they all start from', () => {
    const bound = { field: 'SystemModstamp', operator: '>=', value: AT };
    const page = `(SystemModstamp = ${AT} AND Id > '00Q1') OR`;
    expect(boundsOf(`${page} SystemModstamp > ${AT}`)).toMatchObject(bound);
    expect(boundsOf(`${page} (SystemModstamp > ${AT} AND SystemModstamp < ${LATER})`)).toMatchObject(bound);
  });

  it('is not there for other instants, fields or comparisons', () => {
    const wheres = [
      `SystemModstamp > ${AT} OR SystemModstamp > ${LATER}`,
      `SystemModstamp > ${AT} OR CreatedDate > ${AT}`,
      `SystemModstamp > ${AT} OR SystemModstamp < ${AT}`,
      `SystemModstamp > ${AT} OR (NOT SystemModstamp > ${AT})`,
      `LastName > 'a' OR LastName = 'a'`,
      `CreatedDate = TODAY OR CreatedDate > TODAY`,
    ];
    expect(wheres.map(boundsOf)).toEqual(wheres.map(() => false));
  });
});
