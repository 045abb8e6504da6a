import type { PageReference } from '../../shell-context.ts';
import { context } from '../context.ts';

const NAVIGATE = Symbol('Navigate');
const GENERATE_URL = Symbol('GenerateUrl');

type Constructor = new (...args: never[]) => object;

type Mixin = {
  <Base extends Constructor>(base: Base): Base;
  readonly Navigate: symbol;
  readonly GenerateUrl: symbol;
};

/** Gives a component `this[NavigationMixin.Navigate](pageReference, replace)` and `…GenerateUrl`. */
export const NavigationMixin: Mixin = Object.assign(
  <Base extends Constructor>(base: Base): Base =>
    class extends (base as new (...args: never[]) => object) {
      [NAVIGATE](reference: PageReference, replace = false): void {
        navigate(undefined, reference, { replace });
      }

      [GENERATE_URL](reference: PageReference): Promise<string> {
        return Promise.resolve(toUrl(reference));
      }
    } as unknown as Base,
  { Navigate: NAVIGATE, GenerateUrl: GENERATE_URL },
);

/** The page that is shown. Pages are loaded whole here, so it never changes. */
export const CurrentPageReference = class {
  readonly #send: (reference: PageReference) => void;

  constructor(send: (reference: PageReference) => void) {
    this.#send = send;
  }

  connect(): void {
    this.#send(context.page);
  }

  update(): void {
    this.#send(context.page);
  }

  disconnect(): void {}
};

export function navigate(_context: unknown, reference: PageReference, options: { replace?: boolean } = {}): void {
  const url = toUrl(reference);
  if (options.replace) location.replace(url);
  else location.assign(url);
}

export const generateUrl = (_context: unknown, reference: PageReference): string => toUrl(reference);

/** The context that a mixin-free component passes to `navigate`; it carries nothing here. */
export const NavigationContext = class {
  readonly #send: (value: object) => void;

  constructor(send: (value: object) => void) {
    this.#send = send;
  }

  connect(): void {
    this.#send({});
  }

  update(): void {}

  disconnect(): void {}
};

/** Throws for a kind of page that the local shell does not have. */
function toUrl({ type, attributes, state }: PageReference): string {
  const query = new URLSearchParams(state).toString();
  return pathOf(type, attributes) + (query && type !== 'standard__webPage' ? `?${query}` : '');
}

function pathOf(type: string, attributes: Readonly<Record<string, string>>): string {
  const { objectApiName, recordId, actionName, url, apiName, pageName } = attributes;
  switch (type) {
    case 'standard__recordPage':
      return objectApiName
        ? `/lightning/r/${objectApiName}/${recordId}/${actionName ?? 'view'}`
        : `/lightning/r/${recordId}/view`;
    case 'standard__objectPage':
      return `/lightning/o/${objectApiName}/${actionName ?? 'list'}`;
    case 'standard__navItemPage':
      return `/lightning/n/${apiName}`;
    case 'standard__namedPage':
      return `/lightning/page/${pageName}`;
    case 'standard__webPage':
      return url ?? '/';
    default:
      throw new Error(`Pages of type ${type} are not part of this org.`);
  }
}
