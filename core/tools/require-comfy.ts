import { type Result, err, ok } from '../base/result.ts';
import { type AppError, appError } from '../contract/errors.ts';
import type { ToolContext } from './define-tool.ts';

/** The current server, or the error that says that there is none. It may still be offline: every call says so. */
export function requireComfy({
  comfy,
}: Pick<ToolContext, 'comfy'>): Result<NonNullable<ToolContext['comfy']>, AppError> {
  return comfy === null ? err(appError('comfy/not-connected', {})) : ok(comfy);
}
