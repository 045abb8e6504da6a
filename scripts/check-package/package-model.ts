import type { Catalogue } from './catalogue.ts';
import type { Finding } from './finding.ts';
import type { MetadataFile, TextFile } from './package-files.ts';

/** All that the rules look at. */
export type PackageModel = {
  readonly root: string;
  readonly files: readonly MetadataFile[];
  readonly catalogue: Catalogue;
  /** Sources of Lightning components. */
  readonly components: readonly TextFile[];
  /** Sources of the service and of the elements, which name objects and fields in texts. */
  readonly sources: readonly TextFile[];
  readonly resources: readonly TextFile[];
};

export type Rule = (model: PackageModel) => readonly Finding[];
