import type { Org } from '../data/org-core.ts';
import type { UserContext } from '../data/types.ts';
import { etagOf } from './etag.ts';
import type { LayoutType } from './metadata/read-layout.ts';
import { readObjectInfo } from './object-info.ts';
import { findObjectOf, readRecord } from './read-record.ts';
import { type LayoutMode, readUiLayout } from './ui-layout.ts';

export type RecordUiRequest = {
  readonly recordIds: readonly string[];
  readonly layoutTypes: readonly LayoutType[];
  readonly modes: readonly LayoutMode[];
  readonly optionalFields: readonly string[];
};

/** Records with all that a page needs to show them: their layouts and what their objects are like. */
export function readRecordUi(org: Org, user: UserContext, request: RecordUiRequest): Record<string, unknown> {
  const { recordIds, layoutTypes, modes, optionalFields } = request;
  const found = recordIds.map((recordId) => findObjectOf(org, recordId));
  const records = found.map(({ id }) => readRecord(org, user, id, { fields: [], optionalFields, layoutTypes }));
  const objects = [...new Map(found.map(({ object }) => [object.name, object])).values()];
  const layouts = objects.map((object) => {
    const types = records.filter(({ apiName }) => apiName === object.name).map(({ recordTypeId }) => recordTypeId);
    const byRecordType = [...new Set(types)].map((recordTypeId) => {
      const byType = layoutTypes.map((layoutType) => {
        const byMode = modes.map(
          (mode) => [mode, readUiLayout(org, user, object, { layoutType, mode, recordTypeId })] as const,
        );
        return [layoutType, Object.fromEntries(byMode)] as const;
      });
      return [recordTypeId, Object.fromEntries(byType)] as const;
    });
    return [object.name, Object.fromEntries(byRecordType)] as const;
  });
  const body = {
    layoutUserStates: {},
    layouts: Object.fromEntries(layouts),
    objectInfos: Object.fromEntries(objects.map(({ name }) => [name, readObjectInfo(org, user, name)])),
    records: Object.fromEntries(records.map((record) => [record.id, record])),
  };
  return { ...body, eTag: etagOf(body) };
}
