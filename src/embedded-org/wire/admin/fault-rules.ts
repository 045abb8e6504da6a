import { matchBounded, PatternTooComplicated } from '../../data/bounded-match.ts';
import { OrgError } from '../../data/org-error.ts';
import type { Fault, FaultRule } from './fault-rule.ts';

/** A rule with how often it was matched and fired. */
export type CountedRule = FaultRule & { readonly id: number; readonly matched: number; readonly fired: number };

type KeptRule = FaultRule & { id: number; matched: number; fired: number; readonly pattern: RegExp | undefined };

/** The faults that tests have asked for; each request is shown to all of them, in the order in which they came. */
export class FaultRules {
  #rules: KeptRule[] = [];
  #nextId = 1;

  add(rule: FaultRule): CountedRule {
    const pattern = rule.match.path === undefined ? undefined : new RegExp(rule.match.path);
    const added = { ...rule, id: this.#nextId++, matched: 0, fired: 0, pattern };
    this.#rules.push(added);
    return told(added);
  }

  list(): readonly CountedRule[] {
    return this.#rules.map(told);
  }

  /** Takes back one rule, or all; false when there is none of this id. */
  clear(id?: number): boolean {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return id === undefined || this.#rules.length < before;
  }

  /** Counts a request and tells what is to go wrong with it; throws for a rule whose pattern takes too long over it. */
  meet(method: string, url: string): readonly Fault[] {
    const faults: Fault[] = [];
    for (const rule of this.#rules) {
      const { match } = rule;
      if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
      if (!meetsPath(rule, url)) continue;
      rule.matched += 1;
      if (rule.matched < match.nth || rule.fired >= match.times) continue;
      rule.fired += 1;
      faults.push(rule.do);
    }
    return faults;
  }
}

const told = ({ pattern: _pattern, ...rule }: KeptRule): CountedRule => rule;

function meetsPath({ id, pattern }: KeptRule, url: string): boolean {
  try {
    return pattern === undefined || matchBounded(pattern, url);
  } catch (error) {
    if (!(error instanceof PatternTooComplicated)) throw error;
    const message = `The path of fault rule ${id} takes too long over ${url}. Delete the rule, or write a simpler pattern.`;
    throw new OrgError('INVALID_INPUT', message, 400);
  }
}
