import type { RecordPage } from '../../shell-context.ts';
import type { FetchError } from '../api.ts';
import { readObjectInfo, type ObjectInfo } from '../platform/ui-object-info-api.ts';
import { readRecord, type UiRecord } from '../platform/ui-record-api.ts';
import { onRecordChange } from '../record-changes.ts';

export type RecordState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly record: UiRecord; readonly info: ObjectInfo };

/** The record of the page as its built-in panels show it: read once for all of them, and again when it was written. */
export class RecordSource {
  readonly #page: RecordPage;
  readonly #listeners = new Set<(state: RecordState) => void>();
  #state: RecordState = { kind: 'loading' };

  constructor(page: RecordPage) {
    this.#page = page;
    onRecordChange((changed) => {
      if (changed.has(page.recordId)) void this.load();
    });
  }

  subscribe(listener: (state: RecordState) => void): void {
    this.#listeners.add(listener);
    listener(this.#state);
  }

  async load(): Promise<void> {
    const { objectApiName, recordId } = this.#page;
    try {
      const info = await readObjectInfo(objectApiName);
      const names = Object.values(info.fields).flatMap(({ relationshipName }) =>
        relationshipName ? `${objectApiName}.${relationshipName}.Name` : [],
      );
      this.#set({
        kind: 'ready',
        info,
        record: await readRecord(recordId, { optionalFields: names, layoutTypes: ['Full'] }),
      });
    } catch (error) {
      this.#set({ kind: 'failed', message: (error as FetchError).body?.message ?? String(error) });
    }
  }

  #set(state: RecordState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
