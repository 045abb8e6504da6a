import { toCatalogue } from './catalogue.ts';
import type { Finding } from './finding.ts';
import { readMetadataFiles, readTextFiles } from './package-files.ts';
import type { PackageModel, Rule } from './package-model.ts';
import { checkApp } from './rules/app.ts';
import { checkComponents } from './rules/components.ts';
import { checkElements } from './rules/elements.ts';
import { checkFields } from './rules/fields.ts';
import { checkFormulas } from './rules/formulas.ts';
import { checkGraphql } from './rules/graphql.ts';
import { checkLitTemplates } from './rules/lit-templates.ts';
import { checkNames } from './rules/names.ts';
import { checkPermissionSets } from './rules/permission-sets.ts';
import { checkSources } from './rules/sources.ts';

const RULES: readonly Rule[] = [
  checkElements,
  checkNames,
  checkFields,
  checkFormulas,
  checkPermissionSets,
  checkApp,
  checkComponents,
  checkGraphql,
  checkSources,
  checkLitTemplates,
];

/** Finds what deployment tools let pass and an org refuses: reads the package below a folder, and what names its parts. */
export function checkPackage(root: string): readonly Finding[] {
  const { files, findings } = readMetadataFiles(root, 'force-app');
  const model: PackageModel = {
    root,
    files,
    catalogue: toCatalogue(files),
    components: readTextFiles(root, 'force-app/main/default/lwc'),
    resources: readTextFiles(root, 'force-app/main/default/staticresources'),
    sources: [...readTextFiles(root, 'src'), ...readTextFiles(root, 'lwc-bridge')],
  };
  return [...findings, ...RULES.flatMap((rule) => rule(model))].toSorted((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line,
  );
}
