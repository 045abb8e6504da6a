import type { Crm, CrmObject } from '../ports.ts';

/** A CRM that counts what is asked of it: about one API call each, more where an answer has several pages. */
export type CountingCrm = { readonly crm: Crm; readonly calls: () => number };

/** Counts the requests of a use case, and asks for each description once. */
export function countCalls(real: Crm): CountingCrm {
  let calls = 0;
  const counted = <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    calls += 1;
    return answer;
  };
  const described = new Map<string, Promise<CrmObject | undefined>>();
  const describe = (object: string): Promise<CrmObject | undefined> => {
    const known = described.get(object) ?? counted(real.describe(object));
    described.set(object, known);
    return known;
  };
  return {
    calls: () => calls,
    crm: {
      ...real,
      describe,
      whoAmI: () => counted(real.whoAmI()),
      query: (soql, options) => counted(real.query(soql, options)),
      readLimits: () => counted(real.readLimits()),
      countRecords: (objects) => counted(real.countRecords(objects)),
    },
  };
}
