import { stat } from 'node:fs/promises';
import { PortError } from '../../app/ports.ts';

/** Converts an SFDX source folder into the zip that the Metadata API takes. */
export async function zipSource(folder: string, apiVersion: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) throw new PortError('invalid', `There is no source folder ${folder}`);
  // Loading takes half a second, which only a deployment has to pay.
  const { ComponentSet, MetadataConverter } = await import('@salesforce/source-deploy-retrieve');
  try {
    const components = ComponentSet.fromSource(folder);
    if (components.size === 0) throw new PortError('invalid', `The folder ${folder} holds no metadata`);
    // Unset, it would be asked of an org that is looked up elsewhere.
    components.sourceApiVersion = apiVersion;
    const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
    if (!zipBuffer) throw new PortError('bug', `Converting ${folder} gave no zip`);
    return new Uint8Array(zipBuffer);
  } catch (error) {
    if (error instanceof PortError) throw error;
    const reason = (error as Error).message;
    throw new PortError('invalid', `The folder ${folder} cannot be converted: ${reason}`, { cause: error });
  }
}
