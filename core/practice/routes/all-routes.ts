import { type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';
import { internalRoutes } from './internal-routes.ts';
import { modelRoutes } from './model-routes.ts';
import { promptRoutes } from './prompt-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { templateRoutes } from './template-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { userdataRoutes } from './userdata-routes.ts';
import { viewRoutes } from './view-routes.ts';

/** Every route of the server. */
export function practiceRoutes(practice: Practice): readonly Route[] {
  return [
    ...systemRoutes(practice),
    ...promptRoutes(practice),
    ...queueRoutes(practice),
    ...viewRoutes(practice),
    ...uploadRoutes(practice),
    ...modelRoutes(practice),
    ...userdataRoutes(practice),
    ...settingsRoutes(practice),
    ...internalRoutes(practice),
    ...templateRoutes(practice),
  ];
}
