import type { OrgCore } from '../data/org-core.ts';
import type { UserContext } from '../data/types.ts';
import type { StoredChange } from './component-store.ts';
import type { XmlElement } from './xml-element.ts';

/** One deployment: what every component of it shares. */
export type DeployRun = { readonly core: OrgCore; readonly user: UserContext };

/** A component found in the zip. */
export type Component = {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  /** Its definition; undefined for a component whose definition cannot be read. */
  readonly element: XmlElement;
  readonly files: ReadonlyMap<string, Uint8Array>;
};

/** Brings a component into the org and tells what that changed; throws DeployError when it cannot. */
export type Apply = (run: DeployRun, component: Component) => StoredChange;
