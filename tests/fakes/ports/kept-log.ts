import type { JsonObject } from '../../../core/base/json.ts';
import type { Log } from '../../../core/ports/log.ts';

/** A log that keeps its lines for a test to look at. */
export interface KeptLog extends Log {
  readonly lines: readonly { readonly event: string; readonly data?: JsonObject }[];
}

/** Makes an empty one. */
export function createKeptLog(): KeptLog {
  const lines: { readonly event: string; readonly data?: JsonObject }[] = [];
  const keep = (event: string, data?: JsonObject): void => {
    lines.push(data === undefined ? { event } : { event, data });
  };
  return {
    lines,
    info: keep,
    warn: keep,
    unexpected: (event, cause) => {
      lines.push({ event, data: { cause: String(cause) } });
      return 'bug-1';
    },
  };
}
