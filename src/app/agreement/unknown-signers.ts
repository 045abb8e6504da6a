import { nearestName } from '../../domain/agreement/nearest-name.ts';
import { type Problem, withSuggestion } from '../../domain/agreement/problem.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import type { Crm, CrmRecord } from '../ports.ts';
import { quoted, quotedList } from '../ports/soql-text.ts';

/** So many users are looked at for the name that was meant. */
const maxCandidates = 500;

/** Warns of signers who are no active users of the org, where they are written, with the username most likely meant. */
export async function unknownSigners(crm: Crm, { parties }: Agreement): Promise<readonly Problem[]> {
  const written = (['marketing', 'sales'] as const).flatMap((party) =>
    parties[party].signers.map((signer, index) => ({
      signer: signer.trim(),
      path: ['parties', party, 'signers', index],
    })),
  );
  const list = quotedList(written.map(({ signer }) => signer));
  const users = await crm.query(
    `SELECT Username, Email, IsActive FROM User WHERE Username IN ${list} OR Email IN ${list}`,
  );
  const active = namesOf(users.filter((user) => user['IsActive'] === true));
  const left = namesOf(users);
  const problems: Problem[] = [];
  for (const { signer, path } of written) {
    const name = signer.toLowerCase();
    if (active.has(name)) continue;
    const has = left.has(name) ? 'has left: the user is not active' : 'is no user of this org whom you can see';
    const message = `${signer} ${has}, so nobody can sign by this name. Write the username or e-mail address of an active user.`;
    const nearest = left.has(name) ? undefined : await nearestUser(crm, name);
    problems.push(withSuggestion({ severity: 'warning', path, message, code: 'unknown-signer' }, nearest));
  }
  return problems;
}

/** Looks among those whose name begins or ends alike: a slip is seldom in several places. */
async function nearestUser(crm: Crm, signer: string): Promise<string | undefined> {
  const [local = '', domain = ''] = signer.split('@');
  const patterns = [`${local}@%`, `${local.slice(0, 1)}%@${domain}`, `%${local.slice(1)}@${domain}`];
  const alike = patterns.map((pattern) => `Username LIKE ${quoted(pattern)}`);
  const users = await crm.query(
    `SELECT Username FROM User WHERE IsActive = true AND (${alike.join(' OR ')}) ORDER BY Username LIMIT ${maxCandidates}`,
  );
  return nearestName(
    signer,
    users.map((user) => String(user['Username'])),
  );
}

const namesOf = (users: readonly CrmRecord[]): ReadonlySet<string> =>
  new Set(users.flatMap((user) => [user['Username'], user['Email']].map((name) => String(name).toLowerCase())));
