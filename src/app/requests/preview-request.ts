import { z } from 'zod';
import { chooseAgainst, chooseVersion } from '../preview/choose-versions.ts';
import { previewAgreement } from '../preview/preview-agreement.ts';
import { savePreviewOf, usualPeriodMs } from '../preview/preview-proposals.ts';
import { countHere } from '../preview/slice-counter.ts';
import { Refusal } from '../refusal.ts';
import { mayRead } from './requester-rights.ts';
import type { RequestHandler } from './request-handler.ts';

const instant = z.iso.datetime({ offset: true }).or(z.iso.date());

/** What `Payload__c` holds; the field's description and docs/agreement.md tell it. */
export const previewPayload = z.strictObject({
  agreementId: z.string().regex(/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/),
  against: z.union([z.literal('current'), z.literal('none'), z.int().min(1)]).default('current'),
  from: instant.optional(),
  to: instant.optional(),
});

/** Previews a version and saves the preview for everybody to read; the request's result names it. */
export const previewRequest: RequestHandler = {
  permissionSets: [
    'Accord_Marketing',
    'Accord_Manager',
    'Accord_Signer_Marketing',
    'Accord_Signer_Sales',
    'Accord_Admin',
  ],
  async run({ ports, situation, requesterId }, given) {
    const asked = previewPayload.safeParse(given);
    if (!asked.success) throw new Refusal('unknown-name', `The payload is wrong: ${z.prettifyError(asked.error)}`);
    const { agreementId, against: other } = asked.data;
    // The org is asked about a version that it holds alone: it refuses a whole query over an id that is none.
    const proposed = chooseVersion(situation.versions, agreementId);
    if (!(await mayRead(ports.crm, requesterId, proposed.versionId))) {
      throw new Refusal('nothing-to-preview', `There is no version ${agreementId} that the requester may read.`);
    }
    const now = Math.floor(ports.clock.now() / 1000) * 1000;
    const to = Math.min(asked.data.to === undefined ? now : Date.parse(asked.data.to), now);
    const from = asked.data.from === undefined ? to - usualPeriodMs : Date.parse(asked.data.from);
    if (from >= to) throw new Refusal('unknown-name', 'The period must begin before it ends, and before now.');
    const against = chooseAgainst(situation.versions, other, proposed, to);
    const stop = new AbortController().signal;
    const counter = ports.counter ?? countHere(ports.store);
    const result = await previewAgreement({ ...ports, counter }, { proposed, against, from, to, stop });
    const preview = await savePreviewOf(ports.crm, proposed, against, result);
    return { preview };
  },
};
