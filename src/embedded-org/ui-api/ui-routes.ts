import { appRoutes } from './app-routes.ts';
import { listRoutes } from './lists/list-routes.ts';
import { lookupRoutes } from './lookups.ts';
import { recordRoutes } from './record-routes.ts';
import { relatedListRoutes } from './related/related-list-routes.ts';
import type { UiRoute } from './ui-route.ts';

/** Everything below `/ui-api`, for API clients and for pages alike. */
export const UI_ROUTES: readonly UiRoute[] = [
  ...recordRoutes,
  ...listRoutes,
  ...relatedListRoutes,
  ...lookupRoutes,
  ...appRoutes,
];
