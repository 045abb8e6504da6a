import type { FastifyInstance } from 'fastify';
import type { Org } from '../data/org-core.ts';
import { registerAssets } from './asset-routes.ts';
import { PagesNotAvailable } from './compile/build-tools.ts';
import { PageAssets } from './compile/page-assets.ts';
import { registerPageApi } from './page-api-routes.ts';
import { registerPages, sendNotAvailable } from './page-routes.ts';
import type { PageSessions } from './page-session.ts';

/**
 * Serves the org's pages: sign-in, lists and record pages in which the deployed Lightning web components run.
 *
 * Compilers and the design system are loaded when a page is first asked for; where they are not installed, pages answer
 * 501 with what to do and the rest of the org works. The server must parse JSON bodies, and forms as URLSearchParams.
 */
export function registerLightning(
  server: FastifyInstance,
  { org, sessions }: { org: Org; sessions: PageSessions },
): void {
  const assets = new PageAssets(org);
  void server.register(async (scope) => {
    const answerFault = scope.errorHandler;
    scope.setErrorHandler((error, request, reply) =>
      error instanceof PagesNotAvailable
        ? sendNotAvailable(error, reply)
        : answerFault.call(scope, error, request, reply),
    );
    registerAssets(scope, org, sessions, assets);
    registerPageApi(scope, org, sessions);
    registerPages(scope, org, sessions, assets);
  });
}
