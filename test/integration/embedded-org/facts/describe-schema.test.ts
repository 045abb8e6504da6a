import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sfCliFolder } from '../../../support/sf-cli.ts';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';

const schemas = join(sfCliFolder, '..', 'plugin-schema', 'schemas');

/**
 * A schema of the CLI's package `@salesforce/plugin-schema`, with objects that may have further properties.
 *
 * The schemas are as old as the type they were made from: today's describes have properties that they do not name, such
 * as `associateEntityType`, `extendedBy` or `sobjectDescribeOption`. What the schemas name must be there and of its type.
 */
function relaxed(name: string): AnySchema {
  const text = readFileSync(join(schemas, name), 'utf8');
  const schema = JSON.parse(text, (key, value: unknown) => (key === 'additionalProperties' ? true : value)) as object;
  return schema;
}

const ajv = new Ajv({ allErrors: true, strict: false });
let org: TestOrg;
let names: readonly string[];

beforeAll(async () => {
  org = await startTestOrg();
  const global = await org.connection.describeGlobal();
  names = global.sobjects.map((each) => each.name);
});

afterAll(() => org?.[Symbol.asyncDispose]());

describe('every describe', () => {
  it('fits the JSON schema that Salesforce publishes for it', async () => {
    const fits = ajv.compile(relaxed('sobject-describe.json'));
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      const { body } = await org.send('GET', `sobjects/${name}/describe`);
      const problems = (fits(body) === true ? [] : (fits.errors ?? [])).map(
        (error) => `${name}${error.instancePath} ${error.message}`,
      );
      expect(problems).toEqual([]);
    }
  });

  it('says the same as the list of objects does', async () => {
    const { sobjects } = await org.connection.describeGlobal();
    for (const listed of sobjects) {
      expect((await org.send('GET', `sobjects/${listed.name}/describe`)).body).toMatchObject(listed);
    }
  });
});

describe('the addresses of a describe', () => {
  it('all lead somewhere', async () => {
    for (const name of ['Lead', 'CampaignMember', 'Profile']) {
      const { urls } = await org.connection.describe(name);
      const addresses = Object.entries(urls).filter(([kind]) => kind !== 'rowTemplate');
      const statuses = addresses.map(async ([, url]) => (await org.call(url)).status);
      expect([name, ...(await Promise.all(statuses))]).toEqual([name, ...addresses.map(() => 200)]);
    }
  });

  it('are those that a recorded describe of Lead has, but for its pages', async () => {
    const { urls } = await org.connection.describe('Lead');
    expect(Object.keys(urls).toSorted()).toEqual([
      'approvalLayouts',
      'compactLayouts',
      'describe',
      'layouts',
      'listviews',
      'quickActions',
      'rowTemplate',
      'sobject',
    ]);
  });
});
