import { PortError } from '../app/ports.ts';
import type { ApiBudget } from './api-budget.ts';
import { parseErrors, toNetworkError, toPortError } from './errors.ts';
import { pause } from './pause.ts';
import type { OrgTime } from './org-time.ts';
import type { Session } from './session.ts';

export type HttpRequest = {
  /** What the request is for, as the start of an error: `Reading Lead`. */
  readonly doing: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `/services/data/vNN.N/`, or absolute from the host when it starts with `/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
  /** True when sending it twice does no harm, so that a lost answer is tried again. Reads are; writes say so. */
  readonly repeatable?: boolean;
  /** Milliseconds until the headers of the answer must be there; default 2 minutes. */
  readonly timeout?: number;
};

const attempts = 4;
const defaultTimeout = 120_000;

/** Sends requests as the signed-in user: renews the session, keeps the API budget, repeats what is safe to repeat. */
export class Transport {
  readonly #session: Session;
  readonly #budget: ApiBudget;
  readonly #firstPause: number;
  #renewal: Promise<void> | undefined;
  readonly #orgTime: OrgTime;

  constructor(session: Session, budget: ApiBudget, orgTime: OrgTime, options: { readonly firstPause?: number } = {}) {
    this.#session = session;
    this.#budget = budget;
    this.#orgTime = orgTime;
    this.#firstPause = options.firstPause ?? 300;
  }

  get apiVersion(): string {
    return this.#session.version;
  }

  get instanceUrl(): string {
    return this.#session.instanceUrl.replace(/\/+$/, '');
  }

  /** Path of a REST resource from the host, as composite subrequests name it. */
  resource(path: string): string {
    return path.startsWith('/') ? path : `/services/data/v${this.#session.version}/${path}`;
  }

  /** Sends a request and reads its answer as JSON; an answer that breaks off is asked for again like one that never came. */
  json<T>(request: HttpRequest): Promise<T> {
    return this.#repeat(request, async () => (await readJson(await this.#sendOnce(request), request.doing)) as T);
  }

  /** Sends a request and returns a success; throws PortError otherwise. The body is still to be read. */
  send(request: HttpRequest): Promise<Response> {
    return this.#repeat(request, () => this.#sendOnce(request));
  }

  async #repeat<T>({ method, repeatable = method === 'GET' }: HttpRequest, once: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await once();
      } catch (error) {
        const again = repeatable && attempt + 1 < attempts && error instanceof PortError && error.code === 'retryable';
        if (!again) throw error;
        await pause(attempt, this.#firstPause, 5_000);
      }
    }
  }

  async #sendOnce(request: HttpRequest): Promise<Response> {
    this.#budget.check();
    const token = this.#session.accessToken;
    const response = await this.#fetch(request);
    if (response.ok) return response;
    const body = await response.text().catch(() => '');
    if (response.status !== 401 && parseErrors(body)[0]?.code !== 'INVALID_SESSION_ID') {
      throw toPortError(request.doing, response.status, body);
    }
    await this.#renewSession(request.doing, token);
    const second = await this.#fetch(request);
    if (second.ok) return second;
    throw toPortError(request.doing, second.status, await second.text().catch(() => ''));
  }

  async #fetch({ doing, method, path, headers, body, timeout = defaultTimeout }: HttpRequest): Promise<Response> {
    const slow = new AbortController();
    const timer = setTimeout(() => slow.abort(new Error(`no answer within ${timeout / 1000} s`)), timeout);
    try {
      const init = {
        method,
        headers: { authorization: `Bearer ${this.#session.accessToken ?? ''}`, accept: 'application/json', ...headers },
        ...(body === undefined ? {} : { body }),
        signal: slow.signal,
      };
      const response = await this.#orgTime.ask(() => fetch(this.instanceUrl + this.resource(path), init));
      this.#budget.learn(response.headers.get('sforce-limit-info'));
      return response;
    } catch (error) {
      throw toNetworkError(doing, error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** All requests that met the same expired token share one renewal. */
  async #renewSession(doing: string, expired: string | null | undefined): Promise<void> {
    if (this.#session.accessToken !== expired) return;
    this.#renewal ??= this.#renew(doing).finally(() => (this.#renewal = undefined));
    await this.#renewal;
  }

  async #renew(doing: string): Promise<void> {
    try {
      await this.#session.request({ method: 'GET', url: this.instanceUrl + this.resource('limits') });
    } catch (error) {
      const reason = (error as Error).message;
      const problem = `${doing} failed: the session has expired and could not be renewed (${reason}). Sign in again`;
      throw new PortError('reauthorize', problem, { cause: error });
    }
  }
}

async function readJson(response: Response, doing: string): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    throw toNetworkError(doing, error);
  }
}
