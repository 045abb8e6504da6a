import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { editYaml } from '../../../../src/app/files/edit-yaml.ts';
import type { Json } from '../../../../src/domain/agreement/diff/change.ts';
import { diffDocuments } from '../../../../src/domain/agreement/diff/diff-documents.ts';
import { agreements } from '../../domain/random-agreement.ts';

const text = `# What a lead is.
name: Northwind # the company
facts:
  employees: { field: Lead.NumberOfEmployees } # from the form
  country: { field: Lead.Country }

# From the lowest to the highest.
stages:
  - id: mql
    when:
      all:
        - employees: { atLeast: 50 } # the board wants 20
        - country: { in: [Canada, France] }
`;
const edited = (change: (document: { name: string; facts: Record<string, Json>; stages: Json[] }) => void): string => {
  const before = parse(text) as Json;
  const after = structuredClone(before);
  change(after as never);
  return editYaml(text, diffDocuments(before, after));
};

describe('editYaml', () => {
  it('changes nothing in the text but the values that change', () => {
    const next = edited((document) => {
      document.name = 'South: wind';
      document.stages = [
        { id: 'mql', when: { all: [{ employees: { atLeast: 20 } }, { country: { in: ['Canada', 'France'] } }] } },
      ];
    });
    expect(next).toBe(text.replace('name: Northwind', 'name: "South: wind"').replace('atLeast: 50', 'atLeast: 20'));
  });

  it('keeps comments, order and layout around what is added and removed', () => {
    const next = edited((document) => {
      document.facts = { ...document.facts, calls: { count: 'activity', where: { type: ['call', 'email'] } } };
      document.stages = [
        { id: 'mql', when: { all: [{ employees: { atLeast: 50 } }], any: [{ calls: { atLeast: 1 } }] } },
      ];
    });
    expect(next).toBe(
      text
        .replace(
          '{ field: Lead.Country }\n',
          '{ field: Lead.Country }\n  calls:\n    count: activity\n    where:\n      type:\n        - call\n        - email\n',
        )
        .replace(
          '        - country: { in: [Canada, France] }\n',
          '      any:\n        - calls:\n            atLeast: 1\n',
        ),
    );
  });

  it('puts items in their new order with what belongs to them', () => {
    const next = edited((document) => {
      document.stages = [
        {
          id: 'mql',
          when: { all: [{ country: { in: ['France', 'Canada', 'Japan'] } }, { employees: { atLeast: 50 } }] },
        },
      ];
    });
    expect(next).toContain(
      '- country: { in: [France, Canada, Japan] }\n        - employees: { atLeast: 50 } # the board wants 20',
    );
  });

  it('says what the other agreement says, for any two', () => {
    fc.assert(
      fc.property(agreements(), agreements(), (before, after) => {
        expect(parse(editYaml(stringify(before), diffDocuments(before, after)))).toEqual(after);
      }),
    );
  });
});
