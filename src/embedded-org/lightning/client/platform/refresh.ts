const REFRESH = 'lightning__refreshview';

/** Asks the page's refresh handlers to read again. Wires of a component take part only through a handler of its own. */
export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super(REFRESH, { bubbles: true, composed: true });
  }
}

const handlers = new Map<symbol, () => unknown>();

export function registerRefreshHandler(component: object, handler: () => unknown): symbol {
  const key = Symbol('refresh');
  handlers.set(key, handler.bind(component));
  return key;
}

export const unregisterRefreshHandler = (key: symbol): boolean => handlers.delete(key);

/** Containers bound the reach of a refresh on the platform; here one page is one container. */
export const registerRefreshContainer = (): symbol => Symbol('container');

export const unregisterRefreshContainer = (): void => {};

window.addEventListener(REFRESH, () => {
  for (const handler of handlers.values()) handler();
});
