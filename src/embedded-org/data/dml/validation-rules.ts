import type { Compiled } from '../formula/compiled.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import { FormulaError } from '../formula/formula-error.ts';
import type { RecordRun } from '../formula/record-run.ts';
import { recordScope } from '../formula/record-scope.ts';
import type { SaveError, ValidationRule } from '../types.ts';
import type { ObjectPlan, StoredRow } from './object-plan.ts';
import { RowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

type ReadyRule = { readonly rule: ValidationRule; readonly test: Compiled<RecordRun> };

const readyRules = new WeakMap<ObjectPlan, readonly ReadyRule[]>();

/** Throws every validation rule's error that holds for the row, the automated user's and administrators' rows included. */
export function checkValidationRules(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const rules = rulesOf(job);
  if (rules.length === 0) return;
  const run = recordRun(job, row, old);
  const errors = rules.flatMap(({ rule, test }) => (holds(test, run, rule) ? [brokenRule(rule)] : []));
  if (errors.length > 0) throw new RowError(errors);
}

export function recordRun(job: WriteJob, row: StoredRow, old: StoredRow | undefined): RecordRun {
  const { core, user } = job;
  return { core, user, row, old, now: core.clock.now(), timeZone: user.timeZone, isNew: old === undefined };
}

function rulesOf(job: WriteJob): readonly ReadyRule[] {
  let ready = readyRules.get(job.plan);
  if (!ready) {
    const scope = recordScope(job.core, job.plan.object);
    const active = job.plan.object.validationRules.filter((rule) => rule.active);
    ready = active.map((rule) => ({ rule, test: compileFormula(rule.formula, scope, 'boolean') }));
    readyRules.set(job.plan, ready);
  }
  return ready;
}

function holds(test: Compiled<RecordRun>, run: RecordRun, rule: ValidationRule): boolean {
  try {
    return test.run(run) === true;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const message = `The validation rule ${rule.fullName} could not be evaluated: ${error.message}`;
    throw new RowError([{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields: [] }]);
  }
}

const brokenRule = (rule: ValidationRule): SaveError => ({
  statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  message: rule.errorMessage,
  fields: rule.errorDisplayField === undefined ? [] : [rule.errorDisplayField],
});
