/** The people of Northwind, the sample company; `key` is how the other sample files name them. */
export type SamplePerson = {
  readonly key: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly role: 'VP Sales' | 'Sales Development' | 'Marketing' | undefined;
  readonly profile: 'Standard User' | 'Marketing User' | 'Field Sales' | 'Minimum Access - API Only Integrations';
};

export const SAMPLE_DOMAIN = 'northwind.example';

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  person('vera', 'Vera', 'Stone', 'VP Sales', 'VP Sales'),
  person('carl', 'Carl', 'Mendez', 'Chief Marketing Officer', 'Marketing', 'Marketing User'),
  person('mia', 'Mia', 'Patel', 'Marketing Operations', 'Marketing', 'Marketing User'),
  person('ana', 'Ana', 'Ruiz', 'Sales Development Representative', 'Sales Development'),
  person('ben', 'Ben', 'Okafor', 'Sales Development Representative', 'Sales Development'),
  person('chloe', 'Chloé', 'Dubois', 'Sales Development Representative', 'Sales Development'),
  person('dev', 'Dev', 'Sharma', 'Field Sales Representative', 'Sales Development', 'Field Sales'),
  person('nora', 'Nora', 'Lind', 'Finance', undefined),
  person('service', 'Accord', 'Service', 'Integration', undefined, 'Minimum Access - API Only Integrations'),
];

/** Reps among whom leads are shared out. */
export const SAMPLE_REPS = ['ana', 'ben', 'chloe', 'dev'] as const;

export const usernameOf = (key: string): string => `${key}@${SAMPLE_DOMAIN}`;

function person(
  key: string,
  firstName: string,
  lastName: string,
  title: string,
  role: SamplePerson['role'],
  profile: SamplePerson['profile'] = 'Standard User',
): SamplePerson {
  return { key, firstName, lastName, title, role, profile };
}
