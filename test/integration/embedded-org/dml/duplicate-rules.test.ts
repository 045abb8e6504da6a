import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const matching = (method = 'Exact') =>
  xml(
    'MatchingRules',
    `<matchingRules><fullName>Email</fullName><label>Email</label><ruleStatus>Active</ruleStatus>
      <matchingRuleItems><fieldName>Email</fieldName><matchingMethod>${method}</matchingMethod></matchingRuleItems></matchingRules>`,
  );
const duplicate = (action: string, operations: readonly string[]) =>
  xml(
    'DuplicateRule',
    `<actionOnInsert>${action}</actionOnInsert><actionOnUpdate>${action}</actionOnUpdate>
      <alertText>Already here</alertText><isActive>true</isActive><masterLabel>Same email</masterLabel>
      <duplicateRuleMatchRules><matchRuleSObjectType>Lead</matchRuleSObjectType><matchingRule>Email</matchingRule>
      </duplicateRuleMatchRules><securityOption>BypassSharing</securityOption>
      ${operations.map((each) => `<operationsOnInsert>${each}</operationsOnInsert><operationsOnUpdate>${each}</operationsOnUpdate>`).join('')}`,
  );

async function deploy(rule: string, matchingRules = matching()): Promise<readonly (string | undefined)[]> {
  const outcome = await test.deploy({
    'package.xml': packageXml({ MatchingRules: ['Lead'], DuplicateRule: ['Lead.Same_Email'] }),
    'matchingRules/Lead.matchingRule': matchingRules,
    'duplicateRules/Lead.Same_Email.duplicateRule': rule,
  });
  return outcome.messages.filter((each) => !each.success).map((each) => each.problem);
}

const lead = (Email: string | null) => ({ LastName: 'Bell', Company: 'Acme', Email });
const DETECTED = {
  success: false,
  errors: [{ statusCode: 'DUPLICATES_DETECTED', message: 'Already here', fields: [] }],
};

describe('a duplicate rule', () => {
  it('that alerts is overruled by callers who allow duplicates', async () => {
    expect(await deploy(duplicate('Allow', ['Alert']))).toEqual([]);
    test.insert('Lead', lead('ada@acme.example'), test.admin);
    expect(test.insert('Lead', lead('ADA@acme.example'), test.admin)).toMatchObject(DETECTED);
    const allowed = { allowSaveDuplicates: true };
    expect(test.insert('Lead', lead('ADA@acme.example'), test.admin, allowed).success).toBe(true);
  });

  it('that blocks is overruled by nobody', async () => {
    await deploy(duplicate('Block', []));
    test.insert('Lead', lead('ada@acme.example'));
    expect(test.insert('Lead', lead('ada@acme.example'), test.admin, { allowSaveDuplicates: true })).toMatchObject(
      DETECTED,
    );
  });

  it('takes no notice of blanks, of deleted records and of changes to other fields', async () => {
    await deploy(duplicate('Block', []));
    expect([test.insert('Lead', lead(null)).success, test.insert('Lead', lead(null)).success]).toEqual([true, true]);
    const id = test.create('Lead', lead('ada@acme.example'));
    const other = test.create('Lead', lead('bea@acme.example'));
    expect(test.update('Lead', { Id: id, Title: 'Boss' }).success).toBe(true);
    expect(test.update('Lead', { Id: other, Email: 'ada@acme.example' })).toMatchObject(DETECTED);
    test.org.remove(test.admin, [id], { allOrNone: false, autoAssign: false, apiVersion: 68 });
    expect(test.update('Lead', { Id: other, Email: 'ada@acme.example' }).success).toBe(true);
  });

  it('is shown to queries', async () => {
    await deploy(duplicate('Allow', ['Alert']));
    expect(test.query('SELECT DeveloperName, SobjectType, IsActive FROM DuplicateRule')).toEqual([
      { DeveloperName: 'Same_Email', SobjectType: 'Lead', IsActive: true },
    ]);
    expect(test.query('SELECT DeveloperName, RuleStatus FROM MatchingRule')).toEqual([
      { DeveloperName: 'Email', RuleStatus: 'Active' },
    ]);
  });

  it('is refused where the org could not keep it', async () => {
    expect(await deploy(duplicate('Allow', ['Alert', 'Report']))).toEqual([
      'The embedded org does not report duplicate record sets',
    ]);
    expect((await deploy(duplicate('Block', []), matching('FirstName')))[0]).toContain('exactly only');
  });
});
