import { describe, expect, it } from 'vitest';
import { parseAssignment } from '../../../src/cli/parse-assignment.ts';

describe('parseAssignment', () => {
  it('reads a username and its sets', () => {
    expect(parseAssignment('ana@x.example=Accord_Rep, Accord_Rep_Org')).toEqual({
      username: 'ana@x.example',
      permissionSets: ['Accord_Rep', 'Accord_Rep_Org'],
    });
  });

  it('divides at the last equals sign, because a username may hold one', () => {
    expect(parseAssignment('a=b@x.example=Accord_Rep').username).toBe('a=b@x.example');
  });

  it.each(['ana@x.example', '=Accord_Rep', 'ana@x.example=', 'ana@x.example=A,,B'])('refuses "%s"', (text) => {
    expect(() => parseAssignment(text)).toThrow('does not read as username=PermissionSet');
  });
});
