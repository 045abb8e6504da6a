import type { SoapOperations } from '../soap-call.ts';
import { convertLead } from './convert-call.ts';
import { describeGlobal, describeSObject, describeSObjects } from './describe-calls.ts';
import { merge } from './merge-call.ts';
import { query, queryAll, queryMore } from './query-calls.ts';
import { getDeleted, getUpdated, retrieve } from './read-calls.ts';
import { search } from './search-call.ts';
import { getServerTimestamp, getUserInfo, logout } from './session-calls.ts';
import { create, deleteRecords, emptyRecycleBin, undelete, update, upsert } from './write-calls.ts';

/** The calls that the partner and the enterprise API have in common; their records differ in how they name their type. */
export const recordOperations: SoapOperations = {
  convertLead, create, delete: deleteRecords, describeGlobal, describeSObject, describeSObjects, emptyRecycleBin,
  getDeleted, getServerTimestamp, getUpdated, getUserInfo, logout, merge, query, queryAll, queryMore, retrieve,
  search, undelete, update, upsert,
}; // prettier-ignore
