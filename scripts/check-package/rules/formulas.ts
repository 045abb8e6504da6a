import { missingStep } from '../catalogue.ts';
import type { Finding } from '../finding.ts';
import type { MetadataFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { childOf } from '../xml-node.ts';

const FUNCTIONS = new Set(
  'ABS ADDMONTHS AND BEGINS BLANKVALUE BR CASE CASESAFEID CEILING CONTAINS DATE DATETIMEVALUE DATEVALUE DAY FIND FLOOR HOUR IF INCLUDES ISBLANK ISCHANGED ISCLONE ISNEW ISNULL ISNUMBER ISPICKVAL LEFT LEN LOWER LPAD MAX MCEILING MFLOOR MID MIN MINUTE MOD MONTH NOT NOW NULLVALUE OR PRIORVALUE REGEX RIGHT ROUND RPAD SECOND SQRT SUBSTITUTE TEXT TIMENOW TIMEVALUE TODAY TRIM TRUNC UPPER VALUE WEEKDAY YEAR'.split(
    ' ',
  ),
);
const CONSTANTS = new Set(['TRUE', 'FALSE', 'NULL']);
const GLOBALS: Readonly<Record<string, string>> = { $User: 'User', $Organization: 'Organization', $Profile: 'Profile' };
const TOKEN = /\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|\$?[A-Za-z][\w.]*(?:\s*\()?/g;

/** Finds fields, functions and permissions in validation rules that do not exist, and brackets that do not close. */
export function checkFormulas(model: PackageModel): readonly Finding[] {
  return model.files.filter(({ type }) => type === 'ValidationRule').flatMap((file) => checkRule(file, model));
}

function checkRule(file: MetadataFile, model: PackageModel): readonly Finding[] {
  const { path, root, object = '' } = file;
  const formula = childOf(root, 'errorConditionFormula');
  const shown = childOf(root, 'errorDisplayField');
  const found: Finding[] = [];
  if (shown && !model.catalogue.hasField(object, shown.text)) {
    found.push(missing(path, shown.line, `${object}.${shown.text}`));
  }
  if (!formula) return found;
  for (const match of formula.text.matchAll(TOKEN)) {
    const line = formula.line + formula.text.slice(0, match.index).split('\n').length - 1;
    const problem = checkToken(match[0], object, model);
    if (problem) found.push({ ...problem, file: path, line });
  }
  const bare = formula.text.replaceAll(/\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, '');
  if (bare.split('(').length !== bare.split(')').length) {
    const problem = 'The formula has not as many ( as ).';
    found.push({ file: path, line: formula.line, rule: 'bad-formula', problem, advice: 'Close every bracket.' });
  }
  return found;
}

type Problem = Pick<Finding, 'rule' | 'problem' | 'advice'>;

function checkToken(token: string, object: string, { catalogue }: PackageModel): Problem | undefined {
  if (token.startsWith('"') || token.startsWith('/*')) return undefined;
  if (token.endsWith('(')) {
    const name = token.slice(0, -1).trim().toUpperCase();
    const advice = 'Check its spelling.';
    return FUNCTIONS.has(name) ? undefined : { rule: 'bad-formula', problem: `There is no function ${name}.`, advice };
  }
  if (CONSTANTS.has(token.toUpperCase())) return undefined;
  if (token.startsWith('$')) return checkGlobal(token, catalogue);
  const step = missingStep(catalogue, object, token);
  return step === undefined ? undefined : missing('', 0, step);
}

function checkGlobal(token: string, catalogue: PackageModel['catalogue']): Problem | undefined {
  const [root = '', ...rest] = token.split('.');
  const name = rest.join('.');
  if (root === '$Permission') {
    if (catalogue.has('CustomPermission', name)) return undefined;
    const advice = 'Add it to the package or correct its name.';
    return { rule: 'unknown-permission', problem: `There is no custom permission ${name}.`, advice };
  }
  const object = GLOBALS[root];
  if (object) return catalogue.hasField(object, name) ? undefined : missing('', 0, token);
  return {
    rule: 'bad-formula',
    problem: `${token} is not known.`,
    advice: 'Use $Permission, $User, $Profile or $Organization.',
  };
}

const missing = (file: string, line: number, name: string): Finding => ({
  file,
  line,
  rule: 'unknown-field',
  problem: `There is no field ${name}.`,
  advice: 'Add it to the package or correct its name.',
});
