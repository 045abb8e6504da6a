import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

describe('no record stands above itself', () => {
  it.each([
    ['UserRole', 'ParentRoleId', (name: string) => test.create('UserRole', { Name: name })],
    ['Account', 'ParentId', (name: string) => test.create('Account', { Name: name })],
    ['Campaign', 'ParentId', (name: string) => test.create('Campaign', { Name: name })],
    ['User', 'ManagerId', (name: string) => test.createUser(name).userId],
  ])('%s by %s', (objectName, field, add) => {
    const [top, middle, low] = [add('Top'), add('Middle'), add('Low')];
    const put = (id: string, parent: string | null) => test.update(objectName, { Id: id, [field]: parent });
    expect(put(middle, top).success).toBe(true);
    expect(put(low, middle).success).toBe(true);
    for (const below of [top, middle, low])
      expect(put(top, below).errors[0]).toMatchObject({ statusCode: 'CIRCULAR_DEPENDENCY', fields: [field] });
    expect(put(middle, null).success).toBe(true);
    expect(put(top, low).success).toBe(true);
  });

  it('nor is a group in a group that is in it', () => {
    const [one = '', two = '', three = ''] = ['One', 'Two', 'Three'].map((name) =>
      test.create('Group', { Name: name, DeveloperName: name }),
    );
    const join = (member: string, group: string) =>
      test.insert('GroupMember', { GroupId: group, UserOrGroupId: member });
    expect(join(one, two).success).toBe(true);
    expect(join(two, three).success).toBe(true);
    for (const group of [one, two]) expect(join(three, group).errors[0]?.statusCode).toBe('CIRCULAR_DEPENDENCY');
    expect(join(one, one).errors[0]?.statusCode).toBe('CIRCULAR_DEPENDENCY');
    expect(join(one, three).success).toBe(true);
  });
});
