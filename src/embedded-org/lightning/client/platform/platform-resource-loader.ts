const loaded = new Map<string, Promise<void>>();

/** Loads a script of a static resource once per page. */
export const loadScript = (_component: unknown, url: string): Promise<void> =>
  loadOnce(url, () => Object.assign(document.createElement('script'), { src: url }));

/** Loads a style sheet of a static resource once per page. */
export const loadStyle = (_component: unknown, url: string): Promise<void> =>
  loadOnce(url, () => Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }));

function loadOnce(url: string, make: () => HTMLElement): Promise<void> {
  const known = loaded.get(url);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const element = make();
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => {
      loaded.delete(url);
      reject(new Error(`The static resource ${url} could not be loaded.`));
    });
    document.head.append(element);
  });
  loaded.set(url, loading);
  return loading;
}
