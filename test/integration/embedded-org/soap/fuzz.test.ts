import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPONENT_TYPES } from '../../../../src/embedded-org/metadata/component-types.ts';
import { escapeXml, parseXml } from '../../../../src/embedded-org/metadata/xml-element.ts';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';
import { postSoap, postText } from './soap-client.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await startTestOrg();
});
// Fails when the org failed inside, whatever it answered.
afterAll(() => org[Symbol.asyncDispose]());

const words = (text: string): string[] => text.split(/\s+/);

const OPERATIONS =
  words(`create update upsert delete undelete emptyRecycleBin query queryMore retrieve merge convertLead
  describeSObject describeSObjects describeGlobal getUpdated getDeleted`);
const METADATA_OPERATIONS = words(`deploy checkDeployStatus cancelDeploy retrieve checkRetrieveStatus listMetadata
  createMetadata updateMetadata upsertMetadata deleteMetadata readMetadata renameMetadata`);
const NAMES = words(`sObjects type Id LastName Company OwnerId Owner fieldsToNull ids queryString fieldList sObjectType
  startDate endDate externalIDFieldName mergeRequests masterRecord recordToMergeIds leadConverts leadId convertedStatus
  queryLocator ZipFile DeployOptions asyncProcessId request unpackaged types members name queries fullNames metadata label
  fullName length`);
const TEXTS = [...words('Lead Task CustomField true -1 2026-01-01 00Q000000000000AAA *'), 'SELECT Id FROM Lead', ''];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 30 })).map(escapeXml);
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.oneof({ depthSize: 'small' }, text, fc.array(tie('element'), { maxLength: 4 })),
    )
    .map(([name, inner]) => `<${name}>${Array.isArray(inner) ? inner.join('') : inner}</${name}>`),
}));

const isAnswer = (status: number): void => expect([200, 500]).toContain(status);

describe('whatever is posted to a SOAP API', () => {
  it('is answered with an envelope when it is no message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (body) => {
        expect((await postText(org, 'u/68.0', body)).status).toBe(500);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['u', OPERATIONS],
    ['m', METADATA_OPERATIONS],
  ])('is answered with an envelope when it is an operation of %s with any arguments', async (api, operations) => {
    const call = fc.tuple(fc.constantFrom(...operations), fc.array(element, { maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(call, async ([name, inner]) => {
        const { status, text: answer } = await postSoap(org, `${api}/68.0`, `<${name}>${inner.join('')}</${name}>`);
        isAnswer(status);
        expect(answer).not.toContain('UNKNOWN_EXCEPTION');
        expect(parseXml(answer).name).toBe('Envelope');
      }),
      { numRuns: 150 },
    );
  });

  it('is answered with a result when it is a component of any type with any elements', async () => {
    const names = words('label type length precision scale formula valueSet nameField fields referenceTo');
    const values = [...words('Text Number Picklist Lookup MasterDetail 5 -5 x Lead true {0}'), '1 +'];
    const child = fc
      .tuple(fc.constantFrom(...names), fc.oneof(fc.constantFrom(...values), text))
      .map(([name, value]) => `<${name}>${value}</${name}>`);
    const type = fc.constantFrom(...COMPONENT_TYPES.map((each) => each.name));
    const fullName = fc.oneof(fc.constantFrom('Lead.A__c', 'Game__c', 'Lead', 'A', 'Lead-A', '../x', ''), text);
    await fc.assert(
      fc.asyncProperty(type, fullName, fc.array(child, { maxLength: 6 }), async (typeName, name, children) => {
        const record = `<metadata xsi:type="${typeName}"><fullName>${name}</fullName>${children.join('')}</metadata>`;
        const { text: answer } = await postSoap(org, 'm/68.0', `<upsertMetadata>${record}</upsertMetadata>`);
        expect(answer).toMatch(/<success>(true|false)<\/success>/);
      }),
      { numRuns: 300 },
    );
  });
});
