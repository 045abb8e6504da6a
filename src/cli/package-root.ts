import { fileURLToPath } from 'node:url';

/** Folder of this npm package: two levels above, from `src` and from `lib` alike. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));
