import type { LayoutItem, LayoutSection } from '../ui-api/metadata/layout-section.ts';

/** What the server tells a page: who is signed in, and what to show. Everything in it may be read by that user. */
export type ShellContext = {
  readonly user: { readonly id: string; readonly name: string; readonly username: string };
  readonly locale: string;
  readonly language: string;
  readonly timeZone: string;
  /** Developer names of the custom permissions that the user has. */
  readonly customPermissions: readonly string[];
  /** Addresses of the deployed static resources. */
  readonly resources: Readonly<Record<string, string>>;
  /** Address of the module that exports each deployed component, or the reason why it has none. */
  readonly components: Readonly<Record<string, { readonly url: string } | { readonly problem: string }>>;
  /** Runs components in the sandbox of Lightning Web Security as of this release gate; undefined: without a sandbox. */
  readonly sandboxGate?: number;
  readonly page: PageReference;
  readonly record?: RecordPage;
  /** The regions of an app or home page; a record page has its own. */
  readonly regions?: readonly PageRegion[];
};

/** A page as `lightning/navigation` names it. */
export type PageReference = {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
};

export type RecordPage = {
  readonly objectApiName: string;
  readonly recordId: string;
  /** The object's icon with its set, e.g. `standard:lead`. */
  readonly icon: string;
  /** Name of the Lightning page that lays it out; undefined for the built-in page. */
  readonly flexiPage: string | undefined;
  readonly regions: readonly PageRegion[];
  readonly sections: readonly LayoutSection[];
  readonly highlights: readonly LayoutItem[];
};

export type PageRegion = { readonly name: string; readonly items: readonly PageComponent[] };

export type PageComponent = {
  /** `force:detailPanel`, or a deployed component without its namespace. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Components inside it: the tabs of a tab set, the content of a tab. */
  readonly children: readonly PageComponent[];
};
