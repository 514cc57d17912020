import type { ComfyTarget } from '../../agent/servers/comfy-link.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';

/** Reads `--comfy`: "auto", "practice", or an http(s) address. */
export function parseComfyTarget(text: string): Result<ComfyTarget, AppError> {
  if (text === 'practice') return ok('practice');
  if (text === 'auto' || text === 'automatic') return ok('automatic');
  const candidate = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(candidate) || !/^https?:/.test(candidate)) {
    return err(appError('comfy/invalid-address', { url: text }));
  }
  return ok({ url: candidate.replace(/\/+$/, '') });
}
