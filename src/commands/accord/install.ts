import { join } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { installPackage, type InstallSummary } from '../../app/install/install-package.ts';
import { AccordCommand } from '../../cli/accord-command.ts';
import { connectionFlags } from '../../cli/connection-flags.ts';
import { packageRoot } from '../../cli/package-root.ts';
import { parseAssignment } from '../../cli/parse-assignment.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.install');

export type InstallResult = InstallSummary;

/** What the person who installs needs: to push agreements and see every outcome. Running the service is another role. */
const installerSets = ['Accord_Admin', 'Accord_Admin_Org'];

export default class Install extends AccordCommand<InstallResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    assign: Flags.string({ multiple: true, default: [], summary: messages.getMessage('flags.assign.summary') }),
    'assign-me': Flags.boolean({ default: false, summary: messages.getMessage('flags.assign-me.summary') }),
    'source-dir': Flags.directory({
      exists: true,
      multiple: true,
      default: [],
      summary: messages.getMessage('flags.source-dir.summary'),
    }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<InstallResult> {
    const { flags } = await this.parse(Install);
    const assignments = flags.assign.map(parseAssignment);
    await using services = await this.connect(flags);
    const { username } = await services.crm.whoAmI();
    const done = await installPackage(services.crm, services.progress, {
      sourceFolders: [join(packageRoot, 'force-app'), ...flags['source-dir']],
      assignments: flags['assign-me'] ? [...assignments, { username, permissionSets: installerSets }] : assignments,
      dryRun: flags['dry-run'],
    });
    const key = done.dryRun ? 'info.checked' : done.upgraded ? 'info.upgraded' : 'info.installed';
    this.log(messages.getMessage(key, [done.components]));
    for (const each of done.assignments) {
      this.log(messages.getMessage(each.added ? 'info.assigned' : 'info.held', [each.username, each.permissionSet]));
    }
    return done;
  }
}
