/** The people of Northwind, the sample company; `key` is how the other sample files name them. */
export type SamplePerson = {
  readonly key: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly role: 'VP Sales' | 'Sales Development' | 'Marketing' | undefined;
  readonly profile: 'Standard User' | 'Field Sales' | 'Minimum Access - API Only Integrations';
  /** The Marketing User checkbox, without which nobody creates campaigns. */
  readonly marketing: boolean;
};

export const SAMPLE_DOMAIN = 'northwind.example';

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  person('vera', 'Vera', 'Stone', 'VP Sales', 'VP Sales'),
  person('carl', 'Carl', 'Mendez', 'Chief Marketing Officer', 'Marketing', { marketing: true }),
  person('mia', 'Mia', 'Patel', 'Marketing Operations', 'Marketing', { marketing: true }),
  person('ana', 'Ana', 'Ruiz', 'Sales Development Representative', 'Sales Development'),
  person('ben', 'Ben', 'Okafor', 'Sales Development Representative', 'Sales Development'),
  person('chloe', 'Chloé', 'Dubois', 'Sales Development Representative', 'Sales Development'),
  person('dev', 'Dev', 'Sharma', 'Field Sales Representative', 'Sales Development', { profile: 'Field Sales' }),
  person('nora', 'Nora', 'Lind', 'Finance', undefined),
  person('service', 'Accord', 'Service', 'Integration', undefined, {
    profile: 'Minimum Access - API Only Integrations',
  }),
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
  more: Partial<Pick<SamplePerson, 'profile' | 'marketing'>> = {},
): SamplePerson {
  return { key, firstName, lastName, title, role, profile: 'Standard User', marketing: false, ...more };
}
