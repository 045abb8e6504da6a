import type { AppliedVersion } from '../replay/applied-version.ts';
import { type Stay, walkVersions } from '../replay/walk-versions.ts';
import type { PersonHistory } from '../timeline/timeline.ts';

export type { Stay } from '../replay/walk-versions.ts';

/** The stages of a person from the creation to `to`; with `start` from where the person is known to have stood. */
export const staysOf = (
  versions: readonly AppliedVersion[],
  person: PersonHistory,
  to: number,
  start?: PersonHistory['start'],
): readonly Stay[] => walkVersions(versions, person, { to, ...(start && start.at <= to && { start }) }).stays;
