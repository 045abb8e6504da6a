import { array, assert, constantFrom, property } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;
beforeAll(() => {
  small = new SmallOrg();
  small.insert('Lead', [
    { FirstName: 'Ada', LastName: 'Byron', Company: 'Acme, Inc.', Email: 'ada@acme.example', Phone: '+1 415 555-0100' },
    { FirstName: 'Bea', LastName: 'Adamson', Company: 'Northwind', Title: 'Head of Acme sales' },
    { FirstName: 'Zoë', LastName: 'Åberg', Company: "O'Neill (North)" },
  ]);
  small.insert('Contact', [{ FirstName: 'Ada', LastName: 'Lovelace' }]);
});
afterAll(() => small.close());

const names = (sosl: string, user = small.admin) => small.org.search(user, sosl).map((row) => row['LastName']);
const find = (term: string, more = '') => names(`FIND {${term}} RETURNING Lead(LastName ORDER BY LastName)${more}`);
const refusal = (sosl: string): unknown => {
  try {
    return small.org.search(small.admin, sosl);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a search', () => {
  it('finds whole words in any case, in any text field', () => {
    expect(find('acme')).toEqual(['Adamson', 'Byron']);
    expect(find('ADA')).toEqual(['Byron']);
    expect(find('zoë')).toEqual(['Åberg']);
    expect(find('åberg')).toEqual(['Åberg']);
  });

  it('knows wildcards, phrases, and, or, not and parentheses', () => {
    expect(find('ada*')).toEqual(['Adamson', 'Byron']);
    expect(find('?da')).toEqual(['Byron']);
    expect(find('"acme inc"')).toEqual(['Byron']);
    expect(find('acme sales')).toEqual(['Adamson']);
    expect(find('byron OR northwind')).toEqual(['Adamson', 'Byron']);
    expect(find('acme AND NOT sales')).toEqual(['Byron']);
    expect(find('(byron OR adamson) AND head')).toEqual(['Adamson']);
    expect(find("O\\'Neill \\(North\\)")).toEqual(['Åberg']);
  });

  it('does not read a phrase across two fields', () => {
    expect(find('"byron acme"')).toEqual([]);
    expect(find('"b?ron * acme"')).toEqual([]);
  });

  it('is kept to a group of fields', () => {
    const within = (term: string, group: string) => names(`FIND {${term}} IN ${group} FIELDS RETURNING Lead(LastName)`);
    expect(within('acme', 'NAME')).toEqual([]);
    expect(within('ada', 'NAME')).toEqual(['Byron']);
    expect(within('acme', 'EMAIL')).toEqual(['Byron']);
    expect(within('415', 'PHONE')).toEqual(['Byron']);
  });

  it('answers object by object, narrowed, ordered and limited', () => {
    const rows = small.org.search(small.admin, 'FIND {ada} IN NAME FIELDS RETURNING Contact(Id, Name), Lead LIMIT 5');
    expect(rows.map((row) => [row.attributes.type, row['Name']])).toEqual([
      ['Contact', 'Ada Lovelace'],
      ['Lead', undefined],
    ]);
    expect(names("FIND {acme} RETURNING Lead(LastName WHERE Company = 'Northwind' LIMIT 1)")).toEqual(['Adamson']);
    expect(small.org.search(small.admin, 'FIND {ada} LIMIT 1')).toHaveLength(1);
  });

  it('does not look into fields that the user may not read', () => {
    const profile = small.org.cloneProfile('Standard User', 'No titles');
    small.org.setProfileFieldAccess(profile, 'Lead.Title', { read: false, edit: false });
    const rep = small.addUser('Rep', 'No titles');
    expect(names('FIND {sales} RETURNING Lead(LastName)', rep)).toEqual([]);
  });

  it('is refused when it is malformed', () => {
    const texts = [
      '',
      'FIND',
      'FIND {a}',
      'FIND {ada',
      'FIND {ada} IN SOME FIELDS',
      'FIND {ada} RETURNING',
      'FIND {(ada}',
    ];
    expect(texts.map(refusal)).toEqual(texts.map(() => 'MALFORMED_SEARCH'));
    expect(refusal(`FIND {${'*a'.repeat(128)}}`)).toBe('MALFORMED_SEARCH');
    expect(refusal('FIND {ada} RETURNING Nothing')).toBe('INVALID_TYPE');
    expect(refusal('FIND {ada} RETURNING Lead(Nothing)')).toBe('INVALID_FIELD');
    expect(refusal('FIND {ada} RETURNING Lead(Id) WITH METADATA')).toBe('MALFORMED_SEARCH');
    expect(refusal('FIND {ada} RETURNING Lead(Id) UPDATE TRACKING')).toBe('MALFORMED_SEARCH');
  });

  it('never fails otherwise, whatever is typed', () => {
    const search = (text: string) => {
      const outcome = refusal(text);
      expect(Array.isArray(outcome) || typeof outcome === 'string').toBe(true);
    };
    const char = constantFrom(...'abA *?"\\()\'{}%_ANDORNOT '.split(''), 'é', '\n', '-');
    const word = array(char, { maxLength: 12 }).map((chars) => chars.join(''));
    assert(property(word, (text) => search(`FIND {${text}} RETURNING Lead(Id)`)));
  });
});
