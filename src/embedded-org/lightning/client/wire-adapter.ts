import type { FetchError } from './api.ts';
import { onRecordChange } from './record-changes.ts';

type Send = (result: object) => void;

type Config = Record<string, unknown>;

type Source = {
  /** Whether the configuration is complete; a wire stays silent until it is. */
  readonly isReady: (config: Config) => boolean;
  readonly fetch: (config: Config) => Promise<object>;
  /** Whether what was read shows one of the changed records. */
  readonly shows: (config: Config, result: object, changed: ReadonlySet<string>) => boolean;
  readonly toError: (error: FetchError) => object;
  readonly empty: object;
};

/**
 * Makes a wire adapter class as Lightning Data Service behaves towards a component: an empty first result, nothing while
 * the configuration is incomplete, frozen data, no answer to a request that a newer one has overtaken, and a new read
 * when a record that it shows is written in the page.
 */
export function makeWireAdapter(source: Source): new (send: Send) => object {
  return class {
    readonly #send: Send;
    #config: Config | undefined;
    #last: object | undefined;
    #turn = 0;
    #stop = (): void => {};

    constructor(send: Send) {
      this.#send = send;
      send(source.empty);
    }

    connect(): void {
      this.#stop = onRecordChange((changed) => {
        if (this.#config && this.#last && source.shows(this.#config, this.#last, changed)) void this.#run();
      });
    }

    update(config: Config): void {
      this.#config = config;
      if (source.isReady(config)) void this.#run();
    }

    disconnect(): void {
      this.#turn++;
      this.#stop();
    }

    async #run(): Promise<void> {
      const turn = ++this.#turn;
      const config = this.#config ?? {};
      const result = await source.fetch(config).catch((error: FetchError) => source.toError(error));
      if (turn !== this.#turn) return;
      this.#last = result;
      this.#send({ ...deepFreeze(result), refresh: () => this.#run() });
    }
  };
}

/** A wire whose result is `{ data, error }`. */
export function makeDataAdapter(options: {
  readonly needs: readonly string[];
  /** What must hold of a configuration besides. */
  readonly isReady?: (config: Config) => boolean;
  readonly fetch: (config: Config) => Promise<unknown>;
  readonly shows?: Source['shows'];
}): new (send: Send) => object {
  return makeWireAdapter({
    isReady: (config) =>
      options.needs.every((key) => config[key] !== undefined && config[key] !== null) &&
      (options.isReady?.(config) ?? true),
    fetch: async (config) => ({ data: await options.fetch(config), error: undefined }),
    shows: options.shows ?? (() => false),
    toError: (error) => ({ data: undefined, error }),
    empty: { data: undefined, error: undefined },
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
