import JSZip from 'jszip';
import type { Org } from '../../../../src/embedded-org/data/org-core.ts';

export const METADATA = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** Deploys files in metadata format, by path, as an administrator; `members` lists names by type for the manifest. */
export async function deployFiles(
  org: Org,
  files: Readonly<Record<string, string>>,
  members: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const zip = new JSZip();
  for (const [path, text] of Object.entries(files)) zip.file(path, text);
  const types = Object.entries(members).map(
    ([type, names]) =>
      `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`,
  );
  zip.file('package.xml', `<Package ${METADATA}>${types.join('')}<version>68.0</version></Package>`);
  const bytes = await zip.generateAsync({ type: 'uint8array' });
  const options = { checkOnly: false, rollbackOnError: true, singlePackage: true };
  const outcome = await org.deploy(org.system(), bytes, options);
  if (!outcome.success) throw new Error(JSON.stringify(outcome.messages.filter((message) => !message.success)));
}
