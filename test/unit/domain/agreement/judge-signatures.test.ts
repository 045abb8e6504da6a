import { describe, expect, it } from 'vitest';
import { judgeSignatures, type Signature } from '../../../../src/domain/agreement/judge-signatures.ts';
import { agreement } from '../agreement-builder.ts';

const hash = 'a'.repeat(64);
const serviceUserId = '005000000000009AAA';

const marketing: Signature = {
  party: 'marketing',
  hash,
  creatorId: '005000000000001AAA',
  creatorUsername: 'CMO@northwind.example',
  creatorEmail: 'chief@mail.example',
  createdDate: '2026-06-01T00:00:00.000Z',
  opening: { openedBy: ['005000000000001AAA'], hash },
};
const sales: Signature = {
  ...marketing,
  party: 'sales',
  creatorId: '005000000000002AAA',
  opening: { openedBy: ['005000000000002AAA', '005000000000002'], hash },
  createdDate: '2026-06-02T00:00:00.000Z',
  creatorUsername: 'vp.sales@northwind.example.uat',
  creatorEmail: 'VP@Northwind.example',
};

const judge = (...signatures: readonly Signature[]) =>
  judgeSignatures({ document: agreement(), hash, signatures, serviceUserId });

describe('judgeSignatures', () => {
  it('takes a signer by username or e-mail in any case', () => {
    expect(judge(marketing, sales)).toEqual({ signed: true, signedAt: sales.createdDate, problems: [] });
  });

  it('names each party that has not signed', () => {
    expect(judge()).toMatchObject({ signed: false, problems: ['Marketing has not signed.', 'Sales has not signed.'] });
    expect(judge(sales)).toMatchObject({ signed: false, problems: ['Marketing has not signed.'] });
  });

  it.each([
    [
      'by a person whom the agreement does not name',
      { creatorUsername: 'x@y.example', creatorEmail: 'x@y.example' },
      /does not name/,
    ],
    [
      'for the party that names someone else',
      { creatorUsername: 'cmo@northwind.example', creatorEmail: '' },
      /signer of sales/,
    ],
    ['of another document', { hash: 'b'.repeat(64) }, /another document/],
    ['whose key is that of another version', { keyed: false }, /not that of this version and party/],
    ['by a person who may not sign', { permitted: false }, /do not hold the permission to sign for sales/],
    [
      'by a person of whom nobody can tell whether they may',
      { permitted: 'unseen' as const },
      /may not look whether they hold/,
    ],
    ['without the preview', { opening: undefined }, /had not opened the preview/],
    [
      'on the preview that somebody else has opened',
      { opening: { openedBy: ['005000000000002AAA', '005000000000001AAA'], hash } },
      /opened by somebody else/,
    ],
    [
      'on the preview of another document',
      { opening: { openedBy: ['005000000000002AAA'], hash: 'c'.repeat(64) } },
      /preview of another document/,
    ],
    [
      "by the service's own user, by either form of its id",
      { creatorId: serviceUserId.slice(0, 15) },
      /service's own user/,
    ],
  ])('does not count a signature %s', (_what, changes, problem) => {
    const { signed, problems } = judge(marketing, { ...sales, ...changes });
    expect(signed).toBe(false);
    expect(problems).toEqual([expect.stringMatching(problem), 'Sales has not signed.']);
  });

  it('does not count one user for both parties, even where both name them', () => {
    const document = agreement();
    document.parties.sales.signers.push('cmo@northwind.example');
    const signatures = [
      marketing,
      { ...marketing, party: 'sales' as const, creatorId: marketing.creatorId.slice(0, 15) },
    ];
    expect(judgeSignatures({ document, hash, signatures, serviceUserId })).toEqual({
      signed: false,
      signedAt: undefined,
      problems: ['One user signed for both parties; a second person must sign for one of them.'],
    });
  });

  it('is signed once two people signed, whoever else tried', () => {
    const { signed, signedAt, problems } = judge(
      {
        ...sales,
        creatorId: '005000000000003AAA',
        creatorUsername: 'x',
        creatorEmail: 'x',
        createdDate: '2026-07-01T00:00:00.000Z',
      },
      marketing,
      sales,
    );
    expect([signed, signedAt]).toEqual([true, sales.createdDate]);
    expect(problems).toHaveLength(1);
  });
});
