import { Messages } from '@salesforce/core';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { agreementJsonSchema } from '../../../domain/agreement/agreement-json-schema.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.schema');

export type AgreementSchemaResult = Readonly<Record<string, unknown>>;

export default class AgreementSchema extends AccordCommand<AgreementSchemaResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public async run(): Promise<AgreementSchemaResult> {
    await this.parse(AgreementSchema);
    const schema = agreementJsonSchema();
    this.log(JSON.stringify(schema, undefined, 2));
    return schema;
  }
}
