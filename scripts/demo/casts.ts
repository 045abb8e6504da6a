import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'yaml';
import type { OwnData } from './options.ts';

/** Who plays which part in a demo: users by name and the permission sets each is given. */
export type Cast = {
  readonly agreement: string;
  readonly service: string;
  readonly signers: { readonly marketing: string; readonly sales: string };
  /** Username → permission sets. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
  /** True when the users come with the sample company. */
  readonly sample: boolean;
};

const ADMIN = 'admin@accord.example';
const both = (...names: readonly string[]): string[] => names.flatMap((name) => [name, `${name}_Org`]);

/** Northwind, the sample company. */
export function northwindCast(): Cast {
  const user = (key: string): string => `${key}@northwind.example`;
  return {
    agreement: 'scripts/demo/northwind.agreement.yaml',
    service: user('service'),
    signers: { marketing: user('carl'), sales: user('vera') },
    sample: true,
    sets: new Map([
      [ADMIN, both('Accord_Admin')],
      [user('service'), both('Accord_Service')],
      [user('carl'), both('Accord_Marketing', 'Accord_Signer_Marketing')],
      [user('mia'), both('Accord_Marketing')],
      [user('vera'), both('Accord_Manager', 'Accord_Signer_Sales')],
      ...['ana', 'ben', 'chloe'].map((key) => [user(key), both('Accord_Rep')] as const),
      // Field Sales hides company size; the _Org half would show it again.
      [user('dev'), ['Accord_Rep']],
    ]),
  };
}

/** A cast for the user's own data: the first signer of each party in the agreement, a service user and one rep. */
export function ownCast(own: OwnData): Cast {
  const document = parse(readFileSync(own.agreement, 'utf8')) as Partial<Record<'parties', PartiesInFile>> | null;
  const signer = (party: 'marketing' | 'sales'): string => {
    const found = document?.parties?.[party]?.signers?.[0];
    if (!found) throw new Error(`${own.agreement}: parties.${party}.signers names nobody, so nobody can sign.`);
    return found;
  };
  const signers = { marketing: signer('marketing'), sales: signer('sales') };
  const fields = permissionSetsIn(own.metadata);
  return {
    agreement: own.agreement,
    service: 'service@accord.example',
    signers,
    sample: false,
    sets: new Map([
      [ADMIN, [...both('Accord_Admin'), ...fields]],
      ['service@accord.example', [...both('Accord_Service'), ...fields]],
      [signers.marketing, [...both('Accord_Marketing', 'Accord_Signer_Marketing'), ...fields]],
      [signers.sales, [...both('Accord_Manager', 'Accord_Signer_Sales'), ...fields]],
      ['rep@accord.example', [...both('Accord_Rep'), ...fields]],
    ]),
  };
}

type PartiesInFile = Partial<Record<'marketing' | 'sales', { signers?: string[] }>>;

/** Permission sets that come with the user's own fields: everybody in the demo gets them. */
function permissionSetsIn(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`${folder} does not exist; --metadata takes an SFDX folder.`);
  const ending = '.permissionset-meta.xml';
  return globSync(`**/*${ending}`, { cwd: folder }).map((file) => basename(file, ending));
}
