import { createHandshake } from './handshake.ts';
import {
  type RpcId,
  type RpcMessage,
  isAnswer,
  isRequest,
  parseRpc,
  readAnswered,
  toErrorLine,
} from './json-rpc.ts';

/** An open connection to a core: MCP messages, one per line, without the newline. */
export interface CoreWire {
  /** False when the core does not keep up; `onDrain` follows. */
  send(line: string): boolean;
  close(): void;
}

/** What a wire tells the bridge. */
export interface WireEvents {
  readonly onLine: (line: string) => void;
  readonly onDrain: () => void;
  readonly onClose: () => void;
}

/** What the bridge needs from its surroundings. */
export interface BridgeParts {
  /** Finds or starts a core; undefined when there is none to be had for now. */
  readonly connect: (events: WireEvents) => Promise<CoreWire | undefined>;
  /** Writes one line to the client. */
  readonly write: (line: string) => void;
  /** Asks the client to stop sending for a while, or to go on. */
  readonly hold: (isHeld: boolean) => void;
}

/** Between one MCP client and whatever core is running. */
export interface Bridge {
  /** Looks for the core before the client says anything, to be quicker then. */
  open(): void;
  /** A line from the client. */
  push(line: string): void;
  /** Resolves when nothing is being waited for; used to end politely. */
  settled(): Promise<void>;
  close(): void;
}

interface Waiting {
  readonly line: string;
  readonly method: string;
  /** Sent again after a restart already: not a second time, since it may be what ends the core. */
  readonly isSecondTry: boolean;
}

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const SERVER_ERROR = -32000;
const NOT_RUNNING =
  'Second Unit is not running and could not be started. Open the app, then ask again.';
const RESTARTED =
  'Second Unit was restarted while it worked on this. What was applied before is kept. Look at the workflow, then ask again.';

/**
 * Passes messages on, both ways and untouched. When the core goes away it finds the next one, repeats the
 * client's own introduction there, and sends again what only looks; a tool call that was under way is
 * answered as failed, since nobody knows how far it got.
 */
export function createBridge({ connect, write, hold }: BridgeParts): Bridge {
  const handshake = createHandshake();
  const waiting = new Map<RpcId, Waiting>();
  /** Requests of the core that the client has not answered. */
  const asked = new Set<RpcId>();
  const settledListeners: (() => void)[] = [];
  let queue: string[] = [];
  let wire: CoreWire | undefined;
  let isConnecting = false;
  let isClosed = false;
  const isOver = (): boolean => isClosed;

  const send = (line: string): void => {
    if (wire === undefined || handshake.isReplaying) queue.push(line);
    else if (!wire.send(line)) hold(true);
    if (wire === undefined) void reconnect();
  };
  const flush = (): void => {
    const lines = queue;
    queue = [];
    for (const line of lines) send(line);
  };
  const settle = (id: RpcId): void => {
    waiting.delete(id);
    if (waiting.size > 0) return;
    for (const listener of settledListeners.splice(0)) listener();
  };
  const failAll = (message: string): void => {
    queue = [];
    for (const id of [...waiting.keys()]) {
      write(toErrorLine(id, SERVER_ERROR, message, { code: 'contract/disconnected' }));
      settle(id);
    }
  };

  const reconnect = async (): Promise<void> => {
    if (isConnecting || isClosed) return;
    isConnecting = true;
    const opened = await connect({
      onLine: receive,
      onDrain: () => hold(false),
      onClose: () => lose(opened),
    });
    isConnecting = false;
    if (isOver()) {
      opened?.close();
    } else if (opened === undefined) {
      failAll(NOT_RUNNING);
    } else {
      wire = opened;
      for (const line of handshake.start()) opened.send(line);
      if (!handshake.isReplaying) flush();
    }
  };
  const lose = (lost: CoreWire | undefined): void => {
    if (lost !== wire || isClosed) return;
    wire = undefined;
    hold(false);
    for (const requestId of asked) {
      const params = { requestId, reason: 'Second Unit was restarted.' };
      write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params }));
    }
    asked.clear();
    const lines: string[] = [];
    for (const [id, { line, method, isSecondTry }] of [...waiting]) {
      if (queue.includes(line)) continue;
      if (method === 'tools/call' || isSecondTry) {
        write(toErrorLine(id, SERVER_ERROR, RESTARTED, { code: 'contract/disconnected' }));
        settle(id);
      } else {
        waiting.set(id, { line, method, isSecondTry: true });
        lines.push(line);
      }
    }
    queue = [...lines, ...queue];
    // The client may be waiting for the core to speak (subscriptions), so this does not wait for a call.
    void reconnect();
  };
  const receive = (line: string): void => {
    const answer = readAnswered(line);
    for (const message of answer === undefined ? (parseRpc(line) ?? []) : [answer]) {
      if (isRequest(message)) asked.add(message.id);
      if (!isAnswer(message)) continue;
      const step = handshake.answered(message);
      if (step !== undefined) {
        for (const next of step) wire?.send(next);
        if (!handshake.isReplaying) flush();
        return;
      }
      settle(message.id);
    }
    write(line);
  };
  const forward = (message: RpcMessage, line: string): void => {
    if (isAnswer(message)) {
      // An answer to a core that is gone would mean nothing to the next one.
      if (asked.delete(message.id)) send(line);
      return;
    }
    handshake.observe(message, line);
    if (isRequest(message)) {
      waiting.set(message.id, { line, method: message.method, isSecondTry: false });
    }
    send(line);
  };

  return {
    open: () => void reconnect(),
    push: (line) => {
      const messages = parseRpc(line);
      if (messages === undefined) {
        const isJson = line.startsWith('{') || line.startsWith('[');
        write(
          toErrorLine(null, PARSE_ERROR, isJson ? 'Not a JSON-RPC message.' : 'Not valid JSON.'),
        );
        return;
      }
      const [first] = messages;
      if (first === undefined) write(toErrorLine(null, INVALID_REQUEST, 'An empty batch.'));
      else if (messages.length === 1 && !line.startsWith('[')) forward(first, line);
      else for (const message of messages) forward(message, JSON.stringify(message));
    },
    settled: () =>
      waiting.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            settledListeners.push(resolve);
          }),
    close: () => {
      isClosed = true;
      wire?.close();
    },
  };
}
