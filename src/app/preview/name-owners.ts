import { type Crm, PortError } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';

/** More names than a table shows or a query may list. */
const mostNames = 400;

/** Adds the names of users and queues where they can be read; the others stay known by their ids. */
export async function nameOwners(crm: Crm, names: Map<string, string>, ids: readonly string[]): Promise<void> {
  const unknown = [...new Set(ids)].filter((id) => id !== '' && !names.has(id)).slice(0, mostNames);
  const [queues, users] = [unknown.filter((id) => id.startsWith('00G')), unknown.filter((id) => id.startsWith('005'))];
  for (const [object, some] of [['User', users] as const, ['Group', queues] as const]) {
    if (some.length === 0) continue;
    try {
      const found = await crm.query(`SELECT Id, Name FROM ${object} WHERE Id IN ${quotedList(some)}`);
      for (const each of found) names.set(String(each['Id']), String(each['Name']));
    } catch (error) {
      if (!(error instanceof PortError) || (error.code !== 'invalid' && error.code !== 'missing')) throw error;
    }
  }
}
