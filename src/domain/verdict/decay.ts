import type { Steps } from './age-steps.ts';
import type { Judgement } from './judgement.ts';

/**
 * Notes when a decaying amount next falls through a value that matters.
 *
 * All its events decay at one rate, so the amount as a whole does: from `amount` it reaches `bound` after
 * `halfLife * log2(amount / bound)`. The instant is taken a little early, by what rounding may add to the instant itself,
 * because one that is late would leave a wrong answer standing.
 */
export function fallsThrough(amount: number, halfLife: number, steps: Steps, now: number, judgement: Judgement): void {
  if (amount === 0) return;
  const slack = 1 + halfLife * 1e-12;
  const note = (bound: number): void => {
    const ratio = amount / bound;
    if (!(ratio >= 1) || ratio === Infinity) return;
    judgement.changesAt(Math.max(now + 1, Math.floor(now + halfLife * Math.log2(ratio) - slack)));
  };
  if (!('wholesTo' in steps)) for (const bound of steps.bounds) note(bound);
  else if (amount > 0) note(Math.min(Math.floor(amount), steps.wholesTo));
}

/**
 * Adds up what events came to, each halved once for every half-life that it lies before the latest one.
 *
 * Of the same events the sum is the same at every instant, to the last bit: only its age changes what is left of it. A sum
 * that rounded anew at each instant would go to and fro about a bound where great amounts nearly cancel each other.
 */
export class DecayingSum {
  readonly #halfLife: number;
  readonly #instants: number[] = [];
  readonly #amounts: number[] = [];
  #latest = -Infinity;

  constructor(halfLife: number) {
    this.#halfLife = halfLife;
  }

  clear(): void {
    this.#instants.length = 0;
    this.#amounts.length = 0;
    this.#latest = -Infinity;
  }

  add(at: number, amount: number): void {
    this.#instants.push(at);
    this.#amounts.push(amount);
    if (at > this.#latest) this.#latest = at;
  }

  /** What is left at an instant after all of it; Neumaier's sum hardly depends on the order of the events. */
  leftAt(now: number): number {
    let sum = 0;
    let lost = 0;
    for (let index = 0; index < this.#amounts.length; index++) {
      const part = (this.#amounts[index] as number) * this.#share(this.#latest - (this.#instants[index] as number));
      const next = sum + part;
      lost += Math.abs(sum) >= Math.abs(part) ? sum - next + part : part - next + sum;
      sum = next;
    }
    return sum === 0 && lost === 0 ? 0 : (sum + lost) * this.#share(now - this.#latest);
  }

  #share(age: number): number {
    return 0.5 ** (age / this.#halfLife);
  }
}
