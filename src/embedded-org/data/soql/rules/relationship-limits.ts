import type { QueryErrors } from '../parse/query-error.ts';

const MOST_PARENT_LEVELS = 5;
const MOST_PARENTS = 55;
const MOST_CHILDREN = 20;
/** From this version on children may have children; before, only the queried object had them. */
const FIRST_WITH_GRANDCHILDREN = 58;

/** Counts the relationships of one query and refuses those beyond the platform's limits. */
export class CountedRelationships {
  readonly #parents = new Set<string>();
  #children = 0;

  /** Adds the relationship to a parent that many levels up; the same one used twice counts once. */
  addParent(errors: QueryErrors, path: string, levels: number, token: string): void {
    if (levels > MOST_PARENT_LEVELS) {
      throw errors.malformed(
        `SOQL statements cannot query foreign key relationships more than ${MOST_PARENT_LEVELS} levels away from the root entity object.`,
        token,
      );
    }
    this.#parents.add(path);
    if (this.#parents.size <= MOST_PARENTS) return;
    throw errors.malformed(`SOQL statements cannot query more than ${MOST_PARENTS} different parent types`, token);
  }

  /** Adds a child query that many levels down. */
  addChild(errors: QueryErrors, level: number, apiVersion: number, token: string): void {
    const deepest = apiVersion < FIRST_WITH_GRANDCHILDREN ? 1 : 4;
    if (level > deepest) {
      const levels = deepest === 1 ? '1 level' : `${deepest} levels`;
      throw errors.malformed(
        `SOQL statements cannot query aggregate relationships more than ${levels} away from the root entity object.`,
        token,
      );
    }
    this.#children += 1;
    if (this.#children <= MOST_CHILDREN) return;
    throw errors.malformed(`SOQL statements cannot query more than ${MOST_CHILDREN} different child types`, token);
  }
}
