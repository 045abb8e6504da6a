import { Messages, SfError } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { PortError, type Progress } from '../app/ports.ts';
import { Refusal } from '../app/refusal.ts';
import { compose, type Services, type Target } from '../compose.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { exitOnSignal } from './stop-signal.ts';
import { silentProgress, TerminalProgress } from './terminal-progress.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.errors');

/** Refusals that are about the input, not about the org: exit code 2, as for a wrong flag. */
const inputErrors = new Set([
  'agreement-file',
  'agreement-invalid',
  'calendar',
  'column-map',
  'csv',
  'file-exists',
  'nothing-to-import',
  'time',
  'unknown-name',
]);

/** Exit code of a command that was stopped by Ctrl-C. */
const stopped = 130;

/** Exit code of a command that did part of its work: some records were refused. */
export const partlyDone = 3;

/** What the accord commands share: connecting, progress, and errors with what to do about them. */
export abstract class AccordCommand<Result> extends SfCommand<Result> {
  protected get reporter(): Progress {
    return this.jsonEnabled() ? silentProgress : new TerminalProgress();
  }

  protected override async init(): Promise<void> {
    await super.init();
    exitOnSignal();
  }

  /** Connects as the flags say, else as the environment says, else to the default org of the `sf` configuration. */
  protected async connect(flags: ConnectionFlags): Promise<Services> {
    return compose(this.#targetOf(flags), { progress: this.reporter, storePath: flags.store });
  }

  #targetOf(flags: ConnectionFlags): Target {
    const instanceUrl = flags['instance-url'];
    const accessToken = flags['access-token'];
    if (flags['target-org']) return { alias: flags['target-org'] };
    if (instanceUrl && accessToken) return { instanceUrl, accessToken };
    const alias = this.configAggregator.getInfo('target-org').value;
    if (!instanceUrl && !accessToken && typeof alias === 'string') return { alias };
    const missing = instanceUrl ? 'an access token' : accessToken ? 'an instance URL' : 'an org';
    throw new Refusal('no-connection', `The command needs ${missing} to connect to.`);
  }

  /** Prints lines below each other; nothing with --json. */
  protected logLines(lines: readonly string[]): void {
    for (const line of lines) this.log(line);
  }

  protected override async catch(error: Error): Promise<never> {
    return super.catch(toSfError(error));
  }
}

/** Adds to a failure what to do about it, and the exit code. */
export function toSfError(error: Error): Error {
  if (error instanceof Refusal) {
    const text = [error.message, ...error.details].join('\n');
    return createError(`refusal.${error.key}`, text, inputErrors.has(error.key) ? 2 : 1, error);
  }
  if (error.name === 'AbortError') return new SfError('Stopped; nothing was written.', 'Stopped', [], stopped, error);
  if (error instanceof PortError) return createError(`port.${error.code}`, error.message, 1, error);
  return error;
}

function createError(key: string, text: string, exitCode: number, cause: Error): SfError {
  const { actions = [] } = messages.createError(key, ['']);
  return new SfError(text, nameOf(key), actions, exitCode, cause);
}

/** `refusal.not-installed` → `NotInstalled`: what scripts can test for. */
const nameOf = (key: string): string =>
  key.replace(/^\w+\./, '').replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
