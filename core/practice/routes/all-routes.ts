import { type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';
import { promptRoutes } from './prompt-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { viewRoutes } from './view-routes.ts';

/** Every route of the server. */
export function practiceRoutes(practice: Practice): readonly Route[] {
  return [
    ...systemRoutes(practice),
    ...promptRoutes(practice),
    ...queueRoutes(practice),
    ...viewRoutes(practice),
  ];
}
