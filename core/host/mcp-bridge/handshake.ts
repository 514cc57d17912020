import { type RpcId, type RpcMessage, isRequest } from './json-rpc.ts';

/** What a client has told its core about itself, so that the next core can be told the same. */
export interface Handshake {
  /** True while the next core is being told; the client's own messages wait. */
  readonly isReplaying: boolean;
  /** Sees what the client sends. */
  observe(message: RpcMessage, line: string): void;
  /** A new connection: the lines to open it with; none for a client that has not introduced itself, or needs not. */
  start(): readonly string[];
  /** An answer from the core: undefined when it is the client's, else the lines to send next. */
  answered(message: RpcMessage & { readonly id: RpcId }): readonly string[] | undefined;
}

const OWN_ID = 'second-unit-bridge';

/** Starts knowing nothing. */
export function createHandshake(): Handshake {
  let initialize: { readonly id: RpcId; readonly line: string } | undefined;
  let isInitialized = false;
  let initialized: string | undefined;
  let logLevel: RpcMessage | undefined;
  const subscriptions = new Map<string, RpcMessage>();
  const ownIds = new Set<RpcId>();
  let replayId: RpcId | undefined;
  let count = 0;

  const asOwn = (message: RpcMessage): string => {
    count += 1;
    const id = `${OWN_ID}/${String(count)}`;
    ownIds.add(id);
    return JSON.stringify({ ...message, id });
  };
  const observeRequest = (message: RpcMessage & { readonly id: RpcId }, line: string): void => {
    const uri = message.params?.['uri'];
    switch (message.method) {
      case 'initialize':
        initialize = { id: message.id, line };
        isInitialized = false;
        break;
      case 'logging/setLevel':
        logLevel = message;
        break;
      case 'resources/subscribe':
        if (typeof uri === 'string') subscriptions.set(uri, message);
        break;
      case 'resources/unsubscribe':
        if (typeof uri === 'string') subscriptions.delete(uri);
        break;
      default:
    }
  };

  return {
    get isReplaying() {
      return replayId !== undefined;
    },
    observe: (message, line) => {
      if (isRequest(message)) observeRequest(message, line);
      else if (message.method === 'notifications/initialized') initialized = line;
    },
    start: () => {
      ownIds.clear();
      replayId = undefined;
      if (initialize === undefined || !isInitialized) return [];
      const line = asOwn(JSON.parse(initialize.line) as RpcMessage);
      replayId = `${OWN_ID}/${String(count)}`;
      return [line];
    },
    answered: (message) => {
      if (message.id === initialize?.id && message.error === undefined) isInitialized = true;
      if (!ownIds.delete(message.id)) return undefined;
      if (message.id !== replayId) return [];
      replayId = undefined;
      const again = [...(logLevel === undefined ? [] : [logLevel]), ...subscriptions.values()];
      return [...(initialized === undefined ? [] : [initialized]), ...again.map(asOwn)];
    },
  };
}
