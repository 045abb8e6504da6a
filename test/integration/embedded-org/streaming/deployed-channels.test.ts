import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, type TestOrg, xml } from '../../../support/test-org.ts';

let org: TestOrg;
beforeEach(() => {
  org = openTestOrg();
});
afterEach(() => org.org.close());

const member = (channel: string, entity: string, more = ''): string =>
  xml(
    'PlatformEventChannelMember',
    `<eventChannel>${channel}</eventChannel>${more}<selectedEntity>${entity}</selectedEntity>`,
  );
const channel = xml('PlatformEventChannel', '<channelType>data</channelType><label>Accord</label>');

function deploy(members: Readonly<Record<string, string>>, withChannel = false) {
  const types = {
    PlatformEventChannel: withChannel ? ['Accord__chn'] : [],
    PlatformEventChannelMember: Object.keys(members),
  };
  const files = Object.entries(members).map(([name, file]) => [
    `platformEventChannelMembers/${name}.platformEventChannelMember`,
    file,
  ]);
  return org.deploy({
    'package.xml': packageXml(types),
    ...(withChannel ? { 'platformEventChannels/Accord__chn.platformEventChannel': channel } : {}),
    ...Object.fromEntries(files),
  });
}

const remove = (type: string, name: string) =>
  org.deploy({ 'package.xml': packageXml({}), 'destructiveChanges.xml': packageXml({ [type]: [name] }) });

const problemsOf = ({ messages }: Awaited<ReturnType<typeof deploy>>) => messages.flatMap((each) => each.problem ?? []);

describe('a deployed channel member', () => {
  it('selects an object on the standard channel until it is removed', async () => {
    expect(
      problemsOf(await deploy({ ChangeEvents_LeadChangeEvent: member('ChangeEvents', 'LeadChangeEvent') })),
    ).toEqual([]);
    expect(org.org.changes.selection.entities('ChangeEvents')).toEqual(['Lead']);
    await remove('PlatformEventChannelMember', 'ChangeEvents_LeadChangeEvent');
    expect(org.org.changes.selection.entities()).toEqual([]);
  });

  it('selects an object on a custom channel, which cannot be removed before it', async () => {
    const outcome = await deploy({ Accord_chn_LeadChangeEvent: member('Accord__chn', 'LeadChangeEvent') }, true);
    expect(problemsOf(outcome)).toEqual([]);
    expect(org.org.changes.selection.entities('Accord__chn')).toEqual(['Lead']);
    expect(org.org.changes.selection.entities('ChangeEvents')).toEqual([]);
    expect(problemsOf(await remove('PlatformEventChannel', 'Accord__chn'))).toHaveLength(1);
    await remove('PlatformEventChannelMember', 'Accord_chn_LeadChangeEvent');
    expect(problemsOf(await remove('PlatformEventChannel', 'Accord__chn'))).toEqual([]);
  });

  it.each([
    ['an unknown object', member('ChangeEvents', 'WishChangeEvent'), /no entity named WishChangeEvent/],
    ['an object without change events', member('ChangeEvents', 'LeadHistoryChangeEvent'), /no entity named/],
    ['an unknown channel', member('Gone__chn', 'LeadChangeEvent'), /no PlatformEventChannel named Gone__chn/],
    [
      'a filter',
      member('ChangeEvents', 'LeadChangeEvent', '<filterExpression>(IsConverted = false)</filterExpression>'),
      /filterExpression/,
    ],
  ])('is refused with %s', async (_what, file, problem) => {
    const outcome = await deploy({ ChangeEvents_Member: file });
    expect(problemsOf(outcome).join()).toMatch(problem);
    expect(org.org.changes.selection.entities()).toEqual([]);
  });

  it('is refused for a sixth object', async () => {
    const names = ['Account', 'Contact', 'Lead', 'Opportunity', 'Campaign', 'Task'];
    const members = names.map((name) => [`ChangeEvents_${name}`, member('ChangeEvents', `${name}ChangeEvent`)]);
    const outcome = await deploy(Object.fromEntries(members));
    expect(problemsOf(outcome).join()).toMatch(/No more than 5 objects/);
    expect(org.org.changes.selection.entities()).toEqual([]);
  });
});
