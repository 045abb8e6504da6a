import { describe, expect, it } from 'vitest';
import { judgeVersion } from '../../../../src/app/agreement/judge-version.ts';
import type { VersionRecord } from '../../../../src/app/agreement/read-versions.ts';
import { agreementHash } from '../../../../src/domain/agreement/agreement-hash.ts';
import { canonicalJson } from '../../../../src/domain/agreement/canonical-json.ts';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { agreement } from '../../domain/agreement-builder.ts';

const document: Agreement = { ...agreement(), rhythm: { expires: '90 days' } };
const hash = agreementHash(document);
const signature = (party: 'Sales' | 'Marketing', username: string, createdDate: string) => ({
  id: party,
  party,
  hash,
  creatorId: `005${username}`,
  creatorUsername: username,
  creatorEmail: username,
  createdDate,
});
const record = (more: Partial<VersionRecord> = {}): VersionRecord => ({
  id: 'a01',
  name: 'Test',
  slug: 'test',
  version: 1,
  status: 'In Force',
  mode: 'Observe',
  documentText: canonicalJson(document),
  recordedHash: hash,
  expiresOn: undefined,
  signatures: [
    signature('Sales', 'vp@northwind.example', '2026-01-01T00:00:00.000Z'),
    signature('Marketing', 'cmo@northwind.example', '2026-01-11T00:00:00.000Z'),
  ],
  ...more,
});

describe('judgeVersion', () => {
  it('lets a version expire so long after its second signature as the parties have signed', () => {
    expect(judgeVersion(record(), new Set())).toMatchObject({ signed: true, expiresAt: '2026-04-11T00:00:00.000Z' });
  });

  it.each([
    ['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    ['2036-02-01T00:00:00.000Z', '2026-04-11T00:00:00.000Z'],
  ])('lets a recorded date of %s shorten that and never prolong it', (expiresOn, expiresAt) => {
    expect(judgeVersion(record({ expiresOn }), new Set())).toMatchObject({ expiresAt });
  });
});
