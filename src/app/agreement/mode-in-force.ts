import type { JudgedVersion } from './judge-version.ts';
import type { Mode } from './read-versions.ts';

/** From the one that does least to the one that does most. */
export const modes: readonly Mode[] = ['Observe', 'Advise', 'Enforce'];

export const rankOf = (mode: Mode): number => modes.indexOf(mode);

/** The highest mode that the parties have signed. */
export const agreedMode = ({ agreement }: JudgedVersion): Mode =>
  modes.find((mode) => mode.toLowerCase() === agreement?.highestMode) ?? 'Observe';

/** The mode that acts: what the record says, never above what the parties have signed. */
export const modeInForce = (version: JudgedVersion): Mode =>
  modes[Math.min(rankOf(agreedMode(version)), rankOf(version.record.mode))] ?? 'Observe';
