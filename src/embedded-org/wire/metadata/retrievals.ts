import { makeId } from '../../data/ids.ts';
import type { Org } from '../../data/org-core.ts';
import type { Manifest } from '../../metadata/read-manifest.ts';
import { WorkQueue } from '../work-queue.ts';
import { retrievePackage, type RetrievedPackage } from '../../metadata/retrieve-package.ts';

const KEY_PREFIX = '09S';
/** How many results stay to be fetched. */
const KEPT = 20;

export type Retrieval = {
  readonly id: string;
  readonly manifest: Manifest;
  /** Where in the zip everything stands: `unpackaged/`, or empty for a single package. */
  readonly folder: string;
  status: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed';
  outcome?: RetrievedPackage;
  errorMessage?: string;
};

/** Retrieve requests: they run one after the other, after the request has been answered. */
export class Retrievals {
  readonly #org: Org;
  readonly #reportFault: (error: unknown) => void;
  readonly #all = new Map<string, Retrieval>();
  readonly #queue: WorkQueue;
  #sequence: number;

  constructor(org: Org, reportFault: (error: unknown) => void) {
    this.#org = org;
    this.#reportFault = reportFault;
    this.#queue = new WorkQueue(reportFault);
    // As with deployments, ids must not come back after a restart.
    this.#sequence = Math.floor(Date.now() / 1000);
  }

  enqueue(manifest: Manifest, folder: string): Retrieval {
    const retrieval: Retrieval = { id: makeId(KEY_PREFIX, ++this.#sequence), manifest, folder, status: 'Pending' };
    this.#all.set(retrieval.id, retrieval);
    for (const oldest of [...this.#all.keys()].slice(0, Math.max(0, this.#all.size - KEPT))) this.#all.delete(oldest);
    this.#queue.add(() => this.#run(retrieval));
    return retrieval;
  }

  find(id: string): Retrieval | undefined {
    return this.#all.get(id);
  }

  /** Waits until nothing is running. */
  async close(): Promise<void> {
    await this.#queue.finish();
  }

  async #run(retrieval: Retrieval): Promise<void> {
    retrieval.status = 'InProgress';
    try {
      retrieval.outcome = await retrievePackage(this.#org.core, retrieval.manifest, retrieval.folder);
      retrieval.status = 'Succeeded';
    } catch (error) {
      retrieval.status = 'Failed';
      retrieval.errorMessage = 'The embedded org failed; its log has the details';
      this.#reportFault(error);
    }
  }
}
