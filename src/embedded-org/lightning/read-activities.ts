import type { Org } from '../data/org-core.ts';
import type { UserContext } from '../data/types.ts';
import { toDisplayValue } from '../ui-api/display-value.ts';
import { isReadable } from '../ui-api/field-tree.ts';
import { assertObjectAccess, findObjectOf, UI_API_VERSION } from '../ui-api/read-record.ts';

export type Activity = {
  readonly id: string;
  readonly subject: string;
  readonly when: string;
  readonly status: string;
  readonly owner: string;
};

const MOST = 20;

/** Tasks of a record that the user may see, the newest first. */
export function readActivities(org: Org, user: UserContext, recordId: string): readonly Activity[] {
  const { id, object } = findObjectOf(org, recordId);
  assertObjectAccess(user, object);
  const { schema } = org.core;
  const task = schema.find('Task');
  const created = task && schema.field(task, 'CreatedDate');
  if (!task || !created || !isReadable(user, task, created)) return [];
  const link = object.name === 'Lead' || object.name === 'Contact' ? 'WhoId' : 'WhatId';
  const names = ['Subject', 'Status'].filter((name) => {
    const field = schema.field(task, name);
    return field && isReadable(user, task, field);
  });
  const soql = `SELECT ${['Id', 'CreatedDate', 'Owner.Name', ...names].join(', ')} FROM Task WHERE ${link} = '${id}' ORDER BY CreatedDate DESC LIMIT ${MOST}`;
  const rows = org
    .query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION })
    .page(0, MOST) as unknown as TaskRow[];
  return rows.map(({ Id, Subject, Status, Owner, CreatedDate }) => ({
    id: Id,
    subject: Subject ?? 'Task',
    when: toDisplayValue(created, CreatedDate, user) ?? '',
    status: Status ?? '',
    owner: Owner?.Name ?? '',
  }));
}

type TaskRow = {
  readonly Id: string;
  readonly CreatedDate: string;
  readonly Owner?: { readonly Name: string } | null;
  readonly Subject?: string | null;
  readonly Status?: string | null;
};
