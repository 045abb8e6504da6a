import { readAgreementFile } from '../../../../src/app/agreement/read-agreement-file.ts';
import { type DoctorReport, examineOrg } from '../../../../src/app/doctor/examine-org.ts';
import type { Crm, Store } from '../../../../src/app/ports.ts';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { type AgreedOrg, agreementText, silent } from '../agreed-org.ts';

export type ExamineOptions = {
  /** The administrator by default. */
  readonly as?: UserContext;
  /** Text of the agreement to examine for; that of the org when empty. */
  readonly text?: string;
  readonly store?: Store;
  /** Answers in place of the org's, for what the embedded org does not have. */
  readonly answering?: (crm: Crm) => Partial<Crm>;
  readonly now?: number;
};

/** Examines the org of a test. */
export async function examine(org: AgreedOrg, options: ExamineOptions = {}): Promise<DoctorReport> {
  const { as, text = agreementText(), store, answering, now } = options;
  const real = await org.crm(as);
  const { agreement, problems } = readAgreementFile(Buffer.from(text), 'test.yaml');
  if (text && !agreement) throw new Error(JSON.stringify(problems));
  const crm = { ...real, ...answering?.(real) };
  const clock = { now: () => now ?? org.clock.now() };
  return examineOrg({ crm, clock, progress: silent }, { file: agreement, store });
}

/** Ids of what was found. */
export const idsOf = ({ findings }: DoctorReport): readonly string[] => findings.map((each) => each.id);
