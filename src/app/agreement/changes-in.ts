import { amendments, amendmentText } from '../../domain/agreement/diff/amendments.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { readDocument } from './judge-version.ts';
import type { VersionRecord } from './read-versions.ts';

/** Says in words what an agreement changes in a version; nothing where that cannot be read. */
export function changesIn(version: VersionRecord, agreement: Agreement): readonly string[] {
  const document = readDocument(version.documentText);
  return document ? amendments(document, agreement).map(amendmentText) : [];
}
