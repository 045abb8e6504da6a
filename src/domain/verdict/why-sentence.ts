import { clauseStanding } from './clause-standing.ts';
import type { Receipt, ReceiptDefinition } from './decision.ts';

/** Longest sentence the CRM field holds. */
const longest = 255;

/**
 * Says in one plain sentence of at most 255 characters why the person is in the stage, or what keeps them from the next.
 *
 * The stage that was reached is not named again, since wherever this is shown its title stands beside it. Built from the
 * receipt alone, so it cannot name what the receipt keeps back.
 */
export function whySentence(receipt: Receipt): string {
  const [current, next] = receipt.definitions;
  if (receipt.kept && current) return fit('Once reached, it is kept: ', keptReasons(current));
  if (current && hasClauses(current)) return fit('', reasonsFor(current));
  if (!next) return cut(`${receipt.stage.title}: everybody starts here`);
  const findings = next.clauses.flatMap((clause) => clause.finding ?? []);
  return fit(`Not yet ${next.title}: `, findings.length > 0 ? findings : [countMet(next)]);
}

const hasClauses = (definition: ReceiptDefinition): boolean => definition.clauses.length + definition.withheld > 0;

/** The conditions that hold, in their own words; those that must not hold in one word, for there may be many. */
function reasonsFor({ clauses, withheld, omitted = 0 }: ReceiptDefinition): string[] {
  const speaking = clauses.filter((clause) => clauseStanding(clause) === 'met');
  const reasons = speaking.filter(({ outcome }) => outcome === 'met').map(({ sentence }) => sentence);
  if (speaking.length > reasons.length) reasons.push('nothing rules it out');
  if (withheld > 0) reasons.push(`${withheld} ${withheld === 1 ? 'condition' : 'conditions'} not shown`);
  if (omitted > 0) reasons.push(`${omitted} left out`);
  return reasons;
}

/** What would not hold now: it does not take the stage away. */
function keptReasons({ clauses }: ReceiptDefinition): string[] {
  const findings = clauses.flatMap((clause) => clause.finding ?? []);
  return findings.length > 0 ? findings : ['its conditions need not hold any more'];
}

function countMet({ clauses, withheld, omitted = 0 }: ReceiptDefinition): string {
  const shared = clauses.length;
  const kept = clauses.filter((clause) => clauseStanding(clause) === 'met').length;
  const hidden = withheld === 0 ? '' : `, ${withheld} not shown`;
  const left = omitted === 0 ? '' : `, ${omitted} left out`;
  if (shared === 0) return `${withheld} ${withheld === 1 ? 'condition' : 'conditions'} not shown`;
  return `${kept} of ${shared} ${shared === 1 ? 'condition' : 'conditions'} met${hidden}${left}`;
}

/** As many reasons as fit, and how many more there are. */
function fit(start: string, reasons: readonly string[]): string {
  const text = (count: number): string => {
    const more = reasons.length - count;
    return start + reasons.slice(0, count).join('; ') + (more > 0 ? `; ${more} more` : '');
  };
  for (let count = reasons.length; count > 0; count--) if (text(count).length <= longest) return text(count);
  return cut(text(1));
}

const cut = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);
