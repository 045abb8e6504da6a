import type { Org } from '../data/org-core.ts';
import type { DmlOptions, InputRow, SaveResult, UserContext } from '../data/types.ts';

const OPTIONS: DmlOptions = { allOrNone: true, autoAssign: false, apiVersion: 68 };

/** Inserts one record as a user and returns its id; throws when it is refused, since that is a bug of the sample. */
export function insertOne(org: Org, user: UserContext, objectName: string, row: InputRow): string {
  return accepted(objectName, org.insert(user, objectName, [row], OPTIONS));
}

/** Updates one record as a user; the row carries `Id`. */
export function updateOne(org: Org, user: UserContext, objectName: string, row: InputRow): void {
  accepted(objectName, org.update(user, objectName, [row], OPTIONS));
}

function accepted(objectName: string, [result]: readonly SaveResult[]): string {
  if (!result?.success || !result.id)
    throw new Error(`The sample ${objectName} was refused: ${JSON.stringify(result?.errors)}`);
  return result.id;
}
