import { makeId } from '../../data/ids.ts';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { DeployOptions, DeployOutcome, UserContext } from '../../data/types.ts';
import type { Deployment } from './deployment.ts';
import { DeploymentStore } from './deployment-store.ts';
import { WorkQueue } from '../work-queue.ts';

const KEY_PREFIX = '0Af';
/** Of how many validations the zip is kept, to be deployed without being sent again. */
const VALIDATED = 10;
/** How many finished deployments stay readable. */
const KEPT = 200;
/** How many zips may wait, each of which rests in memory until its turn. */
const MOST_WAITING = 20;

/**
 * Deployments asked for over REST or SOAP: they run one after the other, after the request has been answered.
 *
 * What is told of one survives a restart, its zip does not: one that a stop of the org cut off has failed.
 */
export class Deployments {
  readonly #org: Org;
  readonly #reportFault: (error: unknown) => void;
  readonly #store: DeploymentStore;
  readonly #all: Map<string, Deployment>;
  readonly #validated = new Map<string, Uint8Array>();
  readonly #queue: WorkQueue;
  /** Deployments whose turn has not come, canceled ones among them. */
  #waiting = 0;
  #sequence: number;

  constructor(org: Org, reportFault: (error: unknown) => void) {
    this.#org = org;
    this.#reportFault = reportFault;
    this.#queue = new WorkQueue(reportFault);
    this.#store = new DeploymentStore(org.core.db);
    this.#all = new Map(this.#store.list().map((each) => [each.id, each]));
    // Ids must not come back though old deployments are forgotten; seconds never do.
    this.#sequence = Math.floor(Date.now() / 1000);
    for (const each of this.#all.values()) if (each.completedAt === undefined) this.#endCutOff(each);
  }

  /** Puts a deployment behind those before it; throws LIMIT_EXCEEDED when too many wait. */
  enqueue(user: UserContext, zip: Uint8Array, options: Readonly<Record<string, unknown>>): Deployment {
    if (this.#waiting >= MOST_WAITING) throw tooManyWaiting();
    this.#sequence = Math.max(this.#sequence, this.#store.lastSequence()) + 1;
    const id = makeId(KEY_PREFIX, this.#sequence);
    const createdAt = this.#org.core.clock.stamp();
    const { userId, name } = user;
    const deployment: Deployment = { id, user: { userId, name }, options, createdAt, status: 'Pending' };
    this.#dropOldest();
    this.#store.add(this.#sequence, deployment);
    this.#all.set(id, deployment);
    this.#waiting++;
    this.#queue.add(() => {
      this.#waiting--;
      return this.#run(deployment, user, zip);
    });
    return deployment;
  }

  /** Deploys what was validated before, without sending it again. */
  enqueueValidated(user: UserContext, validationId: string): Deployment {
    const [validation, zip] = [this.#all.get(validationId), this.#validated.get(validationId)];
    if (!validation || !zip) {
      const message = `No successful validation with the id ${validationId} found, or its components were dropped`;
      throw new OrgError('INVALID_ID_FIELD', message);
    }
    return this.enqueue(user, zip, { ...validation.options, checkOnly: false });
  }

  find(id: string): Deployment | undefined {
    return this.#all.get(id);
  }

  /** Takes back a deployment that has not begun. */
  cancel(deployment: Deployment): void {
    if (deployment.status !== 'Pending') {
      throw new OrgError(
        'INVALID_ID_FIELD',
        `Deployment ${deployment.id} is ${deployment.status} and cannot be canceled`,
        400,
      );
    }
    this.#end(deployment, 'Canceled');
  }

  /** Waits until nothing is running. */
  async close(): Promise<void> {
    for (const each of this.#all.values()) if (each.status === 'Pending') this.#endReported(each, 'Canceled');
    await this.#queue.finish();
  }

  #dropOldest(): void {
    const finished = [...this.#all.values()].filter((each) => each.completedAt !== undefined);
    for (const { id } of finished.slice(0, Math.max(0, finished.length - KEPT))) {
      this.#all.delete(id);
      this.#store.remove(id);
    }
  }

  /** Whatever a deployment keeps is kept together with its end, so that one without an end has kept nothing. */
  #endCutOff(deployment: Deployment): void {
    const began = deployment.status === 'InProgress';
    deployment.errorMessage = `The org was stopped ${began ? 'during' : 'before'} this deployment; nothing of it was kept. Deploy again.`;
    this.#end(deployment, began ? 'Failed' : 'Canceled');
  }

  #end(deployment: Deployment, status: Deployment['status']): void {
    deployment.status = status;
    deployment.completedAt = this.#org.core.clock.stamp();
    this.#store.save(deployment);
  }

  /** Ends a deployment also where that cannot be saved: after a restart it is one that was cut off. */
  #endReported(deployment: Deployment, status: Deployment['status']): void {
    try {
      this.#end(deployment, status);
    } catch (error) {
      this.#reportFault(error);
    }
  }

  #keep(id: string, zip: Uint8Array): void {
    this.#validated.set(id, zip);
    const [oldest] = this.#validated.keys();
    if (this.#validated.size > VALIDATED && oldest !== undefined) this.#validated.delete(oldest);
  }

  async #run(deployment: Deployment, user: UserContext, zip: Uint8Array): Promise<void> {
    if (deployment.status !== 'Pending') return;
    deployment.status = 'InProgress';
    deployment.startedAt = this.#org.core.clock.stamp();
    try {
      this.#store.save(deployment);
      refuseTests(deployment.options);
      const options = toDeployOptions(deployment.options);
      const end = (outcome: DeployOutcome): void => {
        deployment.outcome = outcome;
        this.#end(deployment, statusOf(outcome, options));
      };
      const outcome = await this.#org.deploy(user, zip, { ...options, beforeCommit: end });
      if (deployment.completedAt === undefined) end(outcome);
      if (options.checkOnly && outcome.success) this.#keep(deployment.id, zip);
    } catch (error) {
      delete deployment.outcome;
      if (!(error instanceof OrgError)) this.#reportFault(error);
      deployment.errorMessage =
        error instanceof OrgError ? error.message : 'The embedded org failed; its log has the details';
      this.#endReported(deployment, 'Failed');
    }
  }
}

const tooManyWaiting = (): OrgError =>
  new OrgError(
    'LIMIT_EXCEEDED',
    `${MOST_WAITING} deployments are waiting already. Deploy again when some of them have finished.`,
  );

/** Tests named one by one would be Apex classes, of which this org has none; other test levels run what there is: nothing. */
function refuseTests({ runTests }: Readonly<Record<string, unknown>>): void {
  const [name] = Array.isArray(runTests) ? runTests : [];
  if (name !== undefined) throw new OrgError('INVALID_INPUT', `No Apex test class named ${name} found`);
}

/** What was kept in spite of failures counts as a success in part. */
function statusOf({ success, messages }: DeployOutcome, options: DeployOptions): Deployment['status'] {
  if (success) return 'Succeeded';
  const isKept = messages.some((each) => each.success && each.componentType !== '');
  return !options.rollbackOnError && isKept ? 'SucceededPartial' : 'Failed';
}

const toDeployOptions = (options: Readonly<Record<string, unknown>>): DeployOptions => ({
  checkOnly: options['checkOnly'] === true,
  rollbackOnError: options['rollbackOnError'] !== false,
  singlePackage: options['singlePackage'] === true,
});
