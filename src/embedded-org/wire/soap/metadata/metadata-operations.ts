import { requireMetadataRights } from '../../../metadata/require-metadata-rights.ts';
import type { SoapOperation, SoapOperations } from '../soap-call.ts';
import { cancelDeploy, checkDeployStatus, deploy, deployRecentValidation } from './deploy-calls.ts';
import { describeMetadata, describeValueType, listMetadata } from './describe-calls.ts';
import {
  createMetadata, deleteMetadata, readMetadata, renameMetadata, updateMetadata, upsertMetadata,
} from './record-calls.ts'; // prettier-ignore
import { checkRetrieveStatus, retrieve } from './retrieve-calls.ts';

const calls: SoapOperations = {
  deploy, deployRecentValidation, checkDeployStatus, cancelDeploy, retrieve, checkRetrieveStatus, listMetadata, describeMetadata, describeValueType,
  createMetadata, readMetadata, updateMetadata, upsertMetadata, deleteMetadata, renameMetadata,
}; // prettier-ignore

const guarded =
  (operation: SoapOperation): SoapOperation =>
  (call) => {
    requireMetadataRights(call.user);
    return operation(call);
  };

/** The calls of the Metadata API; each needs the right to it. */
export const metadataOperations: SoapOperations = Object.fromEntries(
  Object.entries(calls).map(([name, operation]) => [name, guarded(operation)]),
);
