import { fileURLToPath } from 'node:url';

/** The project's folder; `src` and `lib` have the same depth. */
export const PROJECT = fileURLToPath(new URL('../../../../', import.meta.url));

export const CLIENT = `${PROJECT}src/embedded-org/lightning/client/`;

/** The tools that compile pages are development dependencies, which an installed plugin does not bring. */
export class PagesNotAvailable extends Error {
  constructor(cause: unknown) {
    super(
      'Pages need a checkout of the project with its development dependencies (npm ci): the Lightning compiler, base components and design system are not part of the installed plugin.',
      { cause },
    );
    this.name = 'PagesNotAvailable';
  }
}

/** Loads tools that may be missing; throws PagesNotAvailable when one is. */
export async function loadTools<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') throw new PagesNotAvailable(error);
    throw error;
  }
}
