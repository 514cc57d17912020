import { destination, pino } from 'pino';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonArray, isJsonObject } from '../../base/json.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Log } from '../../ports/log.ts';
import { createIds } from './create-ids.ts';
import { redactSecrets } from '../../domain/failure/redact-text.ts';
import { redact } from './redact.ts';

/** Where the lines go: a file (its folder is made), or the terminal's error stream. */
export interface LogOptions {
  readonly file?: string;
  readonly ids?: Ids;
}

/** JSON lines `{level, time, event, …}`, written at once so that a crash loses none; secrets are hidden. */
export function createLog({ file, ids = createIds() }: LogOptions = {}): Log {
  const target = file === undefined ? { dest: 2 } : { dest: file, mkdir: true };
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ ...target, sync: true }),
  );
  const line = (event: string, data: JsonObject): Readonly<Record<string, unknown>> => ({
    event,
    ...toPlain(redact(data)),
  });
  return {
    info: (event, data = {}) => logger.info(line(event, data)),
    warn: (event, data = {}) => logger.warn(line(event, data)),
    unexpected: (event, cause) => {
      const correlationId = ids.next('bug');
      logger.error({ event, correlationId, cause: redactSecrets(describeCause(cause)) });
      return correlationId;
    },
  };
}

function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const own = cause.stack ?? `${cause.name}: ${cause.message}`;
  return cause.cause === undefined ? own : `${own}\ncaused by ${describeCause(cause.cause)}`;
}

/** The log's writer knows no integers beyond 2^53: they become texts. */
function toPlain(data: JsonObject): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: JsonValue): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (isJsonArray(value)) return value.map(plainValue);
  return isJsonObject(value) ? toPlain(value) : value;
}
