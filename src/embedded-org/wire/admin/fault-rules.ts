import type { Fault, FaultRule } from './fault-rule.ts';

/** A rule with how often it was matched and fired. */
export type CountedRule = FaultRule & { readonly id: number; readonly matched: number; readonly fired: number };

/** The faults that tests have asked for; each request is shown to all of them, in the order in which they came. */
export class FaultRules {
  #rules: (FaultRule & { id: number; matched: number; fired: number })[] = [];
  #nextId = 1;

  add(rule: FaultRule): CountedRule {
    const added = { ...rule, id: this.#nextId++, matched: 0, fired: 0 };
    this.#rules.push(added);
    return { ...added };
  }

  list(): readonly CountedRule[] {
    return this.#rules.map((rule) => ({ ...rule }));
  }

  /** Takes back one rule, or all; false when there is none of this id. */
  clear(id?: number): boolean {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return id === undefined || this.#rules.length < before;
  }

  /** Counts a request and tells what is to go wrong with it. */
  meet(method: string, url: string): readonly Fault[] {
    const faults: Fault[] = [];
    for (const rule of this.#rules) {
      const { match } = rule;
      if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
      if (match.path !== undefined && !new RegExp(match.path).test(url)) continue;
      rule.matched += 1;
      if (rule.matched < match.nth || rule.fired >= match.times) continue;
      rule.fired += 1;
      faults.push(rule.do);
    }
    return faults;
  }
}
