import { readAs } from '../../formula/formula-viewer.ts';
import { OrgError } from '../../org-error.ts';
import { securityRevision } from '../../security/security-cache.ts';
import { isPlatform, systemContext, userContext } from '../../security/user-context.ts';
import { CountedRelationships } from '../rules/relationship-limits.ts';
import type { QueryRequest } from './scope.ts';

/** The parts of a request that count while it is planned. */
export function newCounts(): Pick<QueryRequest, 'nextAlias' | 'relationships'> {
  let aliases = 0;
  return { nextAlias: () => `t${aliases++}`, relationships: new CountedRelationships() };
}

/** What was planned with the rights of a user, and is planned again when rights or objects have changed since. */
export class PlanOfNow<Plan> {
  readonly #toPlan: (request: QueryRequest) => Plan;
  #request: QueryRequest;
  #revision: number;
  #plan: Plan;

  constructor(request: QueryRequest, toPlan: (request: QueryRequest) => Plan) {
    this.#toPlan = toPlan;
    this.#request = request;
    this.#revision = securityRevision(request.core);
    this.#plan = toPlan(request);
  }

  /** Reads on behalf of the user; throws INVALID_QUERY_LOCATOR when the user may no longer ask this query. */
  read<Result>(work: (plan: Plan, request: QueryRequest) => Result): Result {
    const { core } = this.#request;
    if (securityRevision(core) !== this.#revision) this.#renew();
    return readAs(core, this.#request.user, () => work(this.#plan, this.#request));
  }

  #renew(): void {
    const { core, user: before } = this.#request;
    const revision = securityRevision(core);
    const user = isPlatform(core, before) ? systemContext(core) : userContext(core, before.userId);
    const request = { ...this.#request, user, ...newCounts() };
    this.#plan = readAs(core, user, () => planAgain(() => this.#toPlan(request)));
    this.#request = request;
    this.#revision = revision;
  }
}

function planAgain<Plan>(plan: () => Plan): Plan {
  try {
    return plan();
  } catch (error) {
    throw error instanceof OrgError ? new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator', 400) : error;
  }
}
