import { describe, expect, it } from 'vitest';
import { chooseInForce } from '../../../../src/app/agreement/choose-in-force.ts';
import type { JudgedVersion } from '../../../../src/app/agreement/judge-version.ts';
import type { VersionStatus } from '../../../../src/app/agreement/read-versions.ts';
import { agreement } from '../../domain/agreement-builder.ts';

const now = Date.parse('2026-06-15T12:00:00Z');

const version = (
  number: number,
  status: VersionStatus,
  signedAt?: string,
  more: Partial<JudgedVersion> = {},
): JudgedVersion => ({
  record: {
    id: `a0${number}`,
    name: 'Test',
    slug: 'test',
    version: number,
    status,
    mode: 'Observe',
    documentText: '',
    recordedHash: '',
    createdBy: 'mia@northwind.example',
    createdDate: '2026-01-01T00:00:00Z',
    effectiveFrom: undefined,
    expiresOn: undefined,
    readyFor: 'Observe',
    signatures: [],
  },
  agreement: undefined,
  hash: undefined,
  signed: signedAt !== undefined,
  signedAt,
  startsAt: signedAt,
  expiresAt: undefined,
  problems: [],
  ...more,
});

describe('chooseInForce', () => {
  it('keeps nothing while nothing is signed', () => {
    expect(chooseInForce([version(1, 'Proposed')], now)).toMatchObject({ inForce: undefined, promote: undefined });
  });

  it('promotes what was signed last and supersedes what was in force', () => {
    const old = version(1, 'In Force', '2026-06-01T00:00:00Z');
    const next = version(2, 'Proposed', '2026-06-10T00:00:00Z');
    expect(chooseInForce([old, next], now)).toMatchObject({ inForce: next, promote: next, supersede: [old] });
  });

  it('supersedes what a service left in force that died as it brought in the successor', () => {
    const old = version(1, 'In Force', '2026-06-01T00:00:00Z');
    const next = version(2, 'In Force', '2026-06-10T00:00:00Z');
    expect(chooseInForce([old, next], now)).toMatchObject({ inForce: next, promote: undefined, supersede: [old] });
  });

  it('keeps what is in force while its successor waits for a signature', () => {
    const old = version(1, 'In Force', '2026-06-01T00:00:00Z');
    expect(chooseInForce([old, version(2, 'Proposed')], now)).toMatchObject({ inForce: old, promote: undefined });
  });

  it('does not apply a version in force whose signatures do not count any more', () => {
    const broken = version(1, 'In Force', undefined, { problems: ['Its document does not have the hash.'] });
    const choice = chooseInForce([broken], now);
    expect(choice.inForce).toBeUndefined();
    expect(choice.problems).toEqual(['Test v1: Its document does not have the hash.']);
  });

  it('expires a version at its very instant', () => {
    const over = version(1, 'In Force', '2026-06-01T00:00:00Z', { expiresAt: new Date(now).toISOString() });
    expect(chooseInForce([over], now)).toMatchObject({ inForce: undefined, expire: [over] });
    expect(chooseInForce([over], now - 1)).toMatchObject({ inForce: over, expire: [] });
  });

  it('lets a signed version wait for its date and says when that is', () => {
    const old = version(1, 'In Force', '2026-06-01T00:00:00Z');
    const next = version(2, 'Proposed', '2026-06-10T00:00:00Z', { startsAt: '2026-07-01T00:00:00.000Z' });
    const start = Date.parse('2026-07-01T00:00:00Z');
    expect(chooseInForce([old, next], now)).toMatchObject({ inForce: old, promote: undefined, nextAt: start });
    expect(chooseInForce([old, next], start)).toMatchObject({ inForce: next, supersede: [old], nextAt: undefined });
  });

  it('warns 14 days before what is in force ends, unless a successor is signed', () => {
    const day = 86_400_000;
    const ending = (days: number) =>
      version(1, 'In Force', '2026-06-01T00:00:00Z', { expiresAt: new Date(now + days * day).toISOString() });
    const problems = (...versions: JudgedVersion[]) => chooseInForce(versions, now).problems;
    expect(problems(ending(14.01))).toEqual([]);
    expect(problems(ending(14))).toEqual([expect.stringContaining('It expires in 14 days')]);
    const next = version(2, 'Proposed', '2026-06-10T00:00:00Z', { startsAt: new Date(now + day).toISOString() });
    expect(problems(ending(3), next)).toEqual([]);
    expect(problems(ending(3), version(2, 'Proposed'))).toHaveLength(1);
  });

  it('never follows an expired version with an older proposal', () => {
    const old = version(1, 'Proposed', '2026-05-01T00:00:00Z');
    const over = version(2, 'In Force', '2026-06-01T00:00:00Z', { expiresAt: '2026-06-10T00:00:00Z' });
    expect(chooseInForce([old, over], now).inForce).toBeUndefined();
  });

  it('does not apply what was withdrawn, drafted or superseded, though signed', () => {
    const others = (['Withdrawn', 'Draft', 'Superseded', 'Expired'] as const).map((status, index) =>
      version(index + 1, status, '2026-06-01T00:00:00Z'),
    );
    expect(chooseInForce(others, now).inForce).toBeUndefined();
  });

  it.each([
    ['Enforce', 'Advise', true],
    ['Advise', 'Observe', true],
    ['Advise', 'Advise', false],
    ['Observe', 'Enforce', false],
  ] as const)('in %s with a readiness of %s, says that readiness fell: %s', (mode, readyFor, told) => {
    const document = { ...agreement(), highestMode: 'enforce' as const };
    const { record } = version(1, 'In Force');
    const kept = version(1, 'In Force', '2026-06-01T00:00:00Z', {
      agreement: document,
      record: { ...record, mode, readyFor },
    });
    const lower = readyFor.toLowerCase();
    const text = `Test v1: It is in ${mode.toLowerCase()}, and the service finds it ready for ${lower} only. "accord doctor" says why; "accord agreement mode ${lower}" lowers it.`;
    const choice = chooseInForce([kept], now);
    expect(choice.inForce).toBe(kept);
    expect(choice.problems).toEqual(told ? [text] : []);
  });

  it('says nothing of readiness while the parties have signed no higher mode', () => {
    const document = agreement();
    const record = { ...version(1, 'In Force').record, mode: 'Enforce' } as const;
    const kept = version(1, 'In Force', '2026-06-01T00:00:00Z', { agreement: document, record });
    expect(chooseInForce([kept], now).problems).toEqual([]);
  });
});
