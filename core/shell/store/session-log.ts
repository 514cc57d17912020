import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import { type JsonValue, isJsonObject } from '../../base/json.ts';
import { type SessionEnvelope, SessionEnvelopeSchema } from '../../contract/actions.ts';
import { SESSION_SCHEMA_VERSION } from '../../contract/version.ts';
import type { StoredSession } from '../../ports/repositories.ts';

/** First line of every session's log. */
export const SESSION_HEADER = `${stringifyExactJson({
  kind: 'second-unit-session',
  schemaVersion: SESSION_SCHEMA_VERSION,
})}\n`;

/** What a log's bytes say. */
export type ReadLog =
  | { readonly kind: 'session'; readonly session: StoredSession; readonly soundBytes: number }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly reason: string };

/** One line of a log. */
export function toLogLine(envelope: SessionEnvelope): string {
  return `${stringifyExactJson(toJson(envelope))}\n`;
}

/**
 * Reads a log up to the first line that cannot be read: what was written after it may depend on it.
 * `soundBytes` is where that line begins, so that nothing is ever appended behind a torn one.
 */
export function readLog(bytes: Uint8Array): ReadLog {
  const text = new TextDecoder().decode(bytes);
  const lines = text.split('\n');
  const header = readHeader(lines[0] ?? '');
  if (header === undefined) return { kind: 'damaged', reason: 'its first line cannot be read' };
  if (header > SESSION_SCHEMA_VERSION) return { kind: 'newer', version: header };

  const envelopes: SessionEnvelope[] = [];
  let soundBytes = byteLength(lines[0] ?? '') + 1;
  // A log that was written whole ends in a line break, so its last piece is empty.
  const rest = lines.slice(1);
  const ending = rest.pop() ?? '';
  for (const line of rest) {
    const envelope = readLine(line, envelopes.length + 1);
    if (envelope === undefined) break;
    envelopes.push(envelope);
    soundBytes += byteLength(line) + 1;
  }
  const lost = rest.length - envelopes.length + (ending === '' ? 0 : 1);
  const session = lost === 0 ? { envelopes } : { envelopes, damage: describeDamage(lost) };
  return { kind: 'session', session, soundBytes };
}

function readHeader(line: string): number | undefined {
  const parsed = parseExactJson(line);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const { kind, schemaVersion } = parsed.value;
  return kind === 'second-unit-session' && typeof schemaVersion === 'number'
    ? schemaVersion
    : undefined;
}

function readLine(line: string, seq: number): SessionEnvelope | undefined {
  const parsed = parseExactJson(line);
  if (!parsed.ok) return undefined;
  const envelope = SessionEnvelopeSchema.safeParse(parsed.value);
  return envelope.success && envelope.data.seq === seq ? envelope.data : undefined;
}

function describeDamage(lost: number): string {
  return lost === 1
    ? 'The last step could not be read and was left out; everything before it is there.'
    : `The last ${String(lost)} steps could not be read and were left out; everything before them is there.`;
}

/** An envelope is JSON by its schema; the type of its optional parts does not say so. */
function toJson(envelope: SessionEnvelope): JsonValue {
  return envelope as unknown as JsonValue;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
