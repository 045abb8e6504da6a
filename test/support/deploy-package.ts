import { join } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import type { Org } from '../../src/embedded-org/data/org-core.ts';

const PACKAGE = join(import.meta.dirname, '..', '..', 'force-app');

/** Puts the package into an embedded org, as its administrator would. */
export async function deployPackage(org: Org): Promise<void> {
  const admin = org.findUserByUsername('admin@accord.example');
  if (!admin) throw new Error('The org has no administrator.');
  const components = ComponentSet.fromSource(PACKAGE);
  components.apiVersion = '68.0';
  components.sourceApiVersion = '68.0';
  const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
  if (!zipBuffer) throw new Error('The package could not be zipped.');
  const options = { checkOnly: false, rollbackOnError: true, singlePackage: true };
  const { success, messages } = await org.deploy(admin, zipBuffer, options);
  const problems = messages.flatMap(({ fullName, problem }) => (problem ? [`${fullName}: ${problem}`] : []));
  if (!success) throw new Error(`The package could not be deployed: ${problems.join('; ')}`);
}
