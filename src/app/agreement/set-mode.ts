import type { Clock, Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { chooseInForce } from './choose-in-force.ts';
import type { JudgedVersion } from './judge-version.ts';
import { readJudgedVersions } from './judged-versions.ts';
import { agreedMode, modeInForce, rankOf } from './mode-in-force.ts';
import type { Mode } from './read-versions.ts';
import { titleOf } from './version-title.ts';
import { updateVersion } from './write-version.ts';

export type ModeChange = {
  readonly agreement: string;
  readonly version: number;
  readonly from: Mode;
  readonly mode: Mode;
  readonly dryRun: boolean;
};

export type ModeOptions = {
  readonly dryRun?: boolean | undefined;
  /** Finds what keeps the org from being ready for more, one sentence each; asked only when that is why the mode stays. */
  readonly findReasons?: () => Promise<readonly string[]>;
};

/**
 * Sets the mode of the version in force: lowers it at once, raises it as far as the version is signed and found ready for.
 *
 * The org's own rule refuses the same.
 */
export async function setMode(
  crm: Crm,
  clock: Clock,
  mode: Mode,
  { dryRun = false, findReasons }: ModeOptions = {},
): Promise<ModeChange> {
  const { inForce } = chooseInForce(await readJudgedVersions(crm), clock.now());
  if (!inForce)
    throw new Refusal('no-agreement', 'No version is in force, so there is no mode to set: nothing is kept.');
  const from = modeInForce(inForce);
  if (rankOf(mode) > rankOf(from)) await refuseRaise(inForce, mode, findReasons);
  const done = { agreement: inForce.record.name, version: inForce.record.version, from, mode, dryRun };
  if (dryRun || inForce.record.mode === mode) return done;
  await updateVersion(crm, inForce.record, { Mode__c: mode }, `be set to ${mode.toLowerCase()}`);
  return done;
}

async function refuseRaise(version: JudgedVersion, mode: Mode, findReasons: ModeOptions['findReasons']): Promise<void> {
  const { record } = version;
  const [agreed, ready] = [agreedMode(version), record.readyFor];
  const title = `${titleOf(record)} cannot be set to ${mode.toLowerCase()}`;
  if (rankOf(mode) > rankOf(agreed)) {
    const text = `${title}: both parties have signed ${agreed.toLowerCase()} as its highest mode. Propose a version that allows more.`;
    throw new Refusal('mode-refused', text);
  }
  if (record.status !== 'In Force') {
    throw new Refusal('mode-refused', `${title}: it comes into force at the service's next pass.`);
  }
  if (rankOf(mode) > rankOf(ready)) {
    const text = `${title}: the service has found it ready for ${ready.toLowerCase()} only.`;
    throw new Refusal('mode-refused', text, await findReasons?.());
  }
}
