import type { CrmObject } from '../ports.ts';

/** The names that the user can read, in order; the others are added to `hidden`. A path such as `Owner.Name` needs its reference. */
export function visible(
  described: CrmObject | undefined,
  names: readonly string[],
  hidden: string[],
): readonly string[] {
  const known = new Set(described?.fields.map((field) => field.name));
  return names.filter((name) => {
    if (known.has(name.includes('.') ? `${name.split('.')[0]}Id` : name)) return true;
    hidden.push(`${described?.name ?? 'Lead'}.${name}`);
    return false;
  });
}
