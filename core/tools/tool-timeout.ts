import type { Settings } from '../contract/machine/machine.schema.ts';
import type { AnyTool } from './define-tool.ts';

/** What looks or proposes and is not done by then will hardly be. */
const USUAL_MS = 120_000;

/**
 * How long a tool may work, ms: what the settings say for it, else what it says itself, else two minutes.
 * What runs or configures has no limit of its own: a render takes as long as it takes. The time in which the
 * artist thinks about a proposal does not count.
 */
export function toolTimeoutMs(
  tool: Pick<AnyTool, 'name' | 'effect' | 'timeoutMs'>,
  configured: Settings['toolSeconds'] = {},
): number | undefined {
  const seconds = Object.hasOwn(configured, tool.name) ? configured[tool.name] : undefined;
  if (seconds !== undefined) return seconds * 1_000;
  if (tool.timeoutMs !== undefined) return tool.timeoutMs;
  return tool.effect === 'observe' || tool.effect === 'propose' ? USUAL_MS : undefined;
}
