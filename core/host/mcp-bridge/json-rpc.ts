/** The id of a JSON-RPC request. */
export type RpcId = string | number;

/** As much of a JSON-RPC message as the bridge has to know. */
export interface RpcMessage {
  readonly id?: RpcId;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** What a line holds: one message, or several as protocol 2025-03-26 allows; undefined when it is no JSON. */
export function parseRpc(line: string): readonly RpcMessage[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // The other side's line, not ours; the caller answers it.
    return undefined;
  }
  const messages = Array.isArray(value) ? value : [value];
  return messages.every(isMessage) ? messages : undefined;
}

/**
 * Who an answer of our core is for, told by how the line begins and ends, so that a workflow of megabytes is not
 * read only to be passed on; undefined for every other line. What comes last in a line of valid JSON is not inside anything.
 */
export function readAnswered(line: string): { readonly id: RpcId } | undefined {
  const id = ANSWER.exec(line)?.[1];
  return id === undefined ? undefined : { id: JSON.parse(id) as RpcId };
}

const ANSWER = /^\{"result":[^]*,"jsonrpc":"2\.0","id":(-?\d{1,15}|"[^"\\\u0000-\u001f]*")\}$/;

/** True for a message that wants an answer. */
export function isRequest(
  message: RpcMessage,
): message is RpcMessage & { readonly id: RpcId; readonly method: string } {
  return message.method !== undefined && message.id !== undefined;
}

/** True for an answer. */
export function isAnswer(message: RpcMessage): message is RpcMessage & { readonly id: RpcId } {
  return message.method === undefined && message.id !== undefined;
}

/** A JSON-RPC error as a line without its newline; `id` null where the request could not be read. */
export function toErrorLine(
  id: RpcId | null,
  code: number,
  message: string,
  data?: Readonly<Record<string, unknown>>,
): string {
  const error = { code, message, ...(data === undefined ? {} : { data }) };
  return JSON.stringify({ jsonrpc: '2.0', id, error });
}

function isMessage(value: unknown): value is RpcMessage {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { id, method } = value as { readonly id?: unknown; readonly method?: unknown };
  const hasId = typeof id === 'string' || typeof id === 'number' || id === undefined || id === null;
  return hasId && (method === undefined || typeof method === 'string');
}
