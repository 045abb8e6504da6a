import { parseCsv } from './read-csv.ts';

export type EducationLead = Readonly<Record<string, string>>;

/** The education agreement written out again in plain code, straight on the CSV's text; with another threshold of time. */
export function stageByHand(lead: EducationLead, leastTime = 600): 'inquiry' | 'engaged' | 'mql' {
  const number = (column: string): number | undefined => (lead[column] ? Number(lead[column]) : undefined);
  const same = (column: string, ...values: string[]): boolean =>
    values.some((value) => value.toLowerCase() === (lead[column] ?? '').toLowerCase());
  const time = number('Total Time Spent on Website') ?? 0;
  const pages = number('Page Views Per Visit');
  const known = (column: string): boolean => !['', 'Select'].includes(lead[column] ?? '');
  const fits =
    same('What is your current occupation', 'Working Professional', 'Businessman') ||
    same('Lead Source', 'Google', 'Reference', 'Welingak Website');
  // A definition is met only when every deciding fact is known: an unknown specialization may be E-COMMERCE.
  const excluded = same('Do Not Email', 'Yes') || same('Specialization', 'E-COMMERCE') || !known('Specialization');
  if (time >= leastTime && fits && pages !== undefined && pages <= 8 && !excluded) return 'mql';
  if (time >= 300 || (number('TotalVisits') ?? 0) >= 5 || same('Lead Origin', 'Lead Add Form')) return 'engaged';
  return 'inquiry';
}

export const readLeads = (text: string): EducationLead[] => parseCsv(text);
