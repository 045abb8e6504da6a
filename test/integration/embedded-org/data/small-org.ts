import { openOrg } from '../../../../src/embedded-org/open-org.ts';
import { OrgClock } from '../../../../src/embedded-org/data/org-clock.ts';
import type { Org } from '../../../../src/embedded-org/data/org-core.ts';
import type { InputRow, OutputRow, UserContext } from '../../../../src/embedded-org/data/types.ts';

/** A Wednesday noon in London; it is four in the morning in Los Angeles, where the users live. */
export const NOON = Date.parse('2026-03-18T12:00:00Z');

const DML = { allOrNone: true, autoAssign: false, apiVersion: 68 };

/** An org in memory with a clock that stands still, and short ways to fill and read it. */
export class SmallOrg {
  readonly clock = new OrgClock();
  readonly org: Org;
  readonly admin: UserContext;

  constructor(path = ':memory:') {
    this.clock.freezeAt(NOON);
    this.org = openOrg({ path, clock: this.clock });
    const admin = this.org.findUserByUsername('admin@accord.example');
    if (admin === undefined) throw new Error('A new org has an administrator.');
    this.admin = admin;
  }

  /** Inserts rows and returns their ids; a refused row is an error of the test. */
  insert(objectName: string, rows: readonly InputRow[], user: UserContext = this.org.system()): string[] {
    return this.org.insert(user, objectName, rows, DML).map((result) => {
      if (result.id === undefined) throw new Error(`${objectName}: ${JSON.stringify(result.errors)}`);
      return result.id;
    });
  }

  rows(soql: string, user: UserContext = this.admin, includeDeleted = false): readonly OutputRow[] {
    const result = this.org.query(user, soql, { includeDeleted, apiVersion: 68 });
    return result.page(0, 2000);
  }

  /** The values of one column. */
  column(soql: string, key: string, user: UserContext = this.admin, includeDeleted = false): unknown[] {
    return this.rows(soql, user, includeDeleted).map((row) => row[key]);
  }

  size(soql: string, user: UserContext = this.admin): number {
    return this.org.query(user, soql, { includeDeleted: false, apiVersion: 68 }).totalSize;
  }

  /** The error a query is refused with. */
  refusal(soql: string, user: UserContext = this.admin): { code: string; message: string } {
    try {
      this.org.query(user, soql, { includeDeleted: false, apiVersion: 68 }).page(0, 1);
    } catch (error) {
      return error as { code: string; message: string };
    }
    throw new Error(`The org answered: ${soql}`);
  }

  addUser(name: string, profileName: string, values: InputRow = {}): UserContext {
    const [profile] = this.rows(`SELECT Id FROM Profile WHERE Name = '${profileName}'`);
    const username = `${name.toLowerCase()}@accord.example`;
    const row = {
      Username: username,
      LastName: name,
      Email: username,
      Alias: name.slice(0, 8),
      CommunityNickname: name,
    };
    const locale = {
      TimeZoneSidKey: 'America/Los_Angeles',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    };
    const [id = ''] = this.insert('User', [
      { ...row, ...locale, IsActive: true, ProfileId: profile?.['Id'], ...values },
    ]);
    return this.org.user(id);
  }

  close(): void {
    this.org.close();
  }
}
