/** What is offered about a session, whichever session that is. */
const SESSION_PARTS = ['workflow', 'payload', 'changes', 'review', 'run'] as const;
export type SessionPart = (typeof SESSION_PARTS)[number];

/** An address of ours, taken apart. */
export type ResourceAddress =
  | {
      readonly kind: 'session';
      readonly sessionId: string | undefined;
      readonly part: SessionPart | undefined;
    }
  | { readonly kind: 'run'; readonly sessionId: string | undefined; readonly promptId: string }
  | { readonly kind: 'receipt'; readonly sessionId: string | undefined; readonly promptId: string }
  | { readonly kind: 'output'; readonly assetId: string }
  | { readonly kind: 'node'; readonly classType: string }
  | { readonly kind: 'error'; readonly code: string | undefined };

const SCHEME = 'second-unit://';
/** Stands for the session that the artist looks at. */
export const CURRENT = 'current';

/** Address of something about a session; without an id: of the artist's current one. */
export function sessionUri(sessionId: string | undefined, part?: SessionPart): string {
  const base = `${SCHEME}sessions/${encodeURIComponent(sessionId ?? CURRENT)}`;
  return part === undefined ? base : `${base}/${part}`;
}

/** Address of one run of a session. */
export function runUri(sessionId: string | undefined, promptId: string): string {
  return `${sessionUri(sessionId)}/runs/${encodeURIComponent(promptId)}`;
}

/** Address of the receipt of one run. */
export function receiptUri(sessionId: string | undefined, promptId: string): string {
  return `${runUri(sessionId, promptId)}/receipt`;
}

/** Address of one of the troubleshooting pages; without a code: of their list. */
export function errorUri(code?: string): string {
  return code === undefined ? `${SCHEME}errors` : `${SCHEME}errors/${code}`;
}

/** The shapes of all addresses, RFC 6570. */
export const uriTemplates = {
  session: `${SCHEME}sessions/{sessionId}`,
  workflow: `${SCHEME}sessions/{sessionId}/workflow`,
  payload: `${SCHEME}sessions/{sessionId}/payload`,
  changes: `${SCHEME}sessions/{sessionId}/changes`,
  run: `${SCHEME}sessions/{sessionId}/runs/{promptId}`,
  receipt: `${SCHEME}sessions/{sessionId}/runs/{promptId}/receipt`,
  output: `${SCHEME}outputs/{assetId}`,
  node: `${SCHEME}nodes/{classType}`,
  error: `${SCHEME}errors/{code}`,
} as const;

/** Takes an address apart; undefined for one that is none of ours. */
export function parseResourceUri(uri: string): ResourceAddress | undefined {
  if (!uri.startsWith(SCHEME)) return undefined;
  const parts = decodeParts(uri.slice(SCHEME.length));
  if (parts === undefined) return undefined;
  const [kind, name = '', part, promptId, detail, ...rest] = parts;
  const isReceipt = kind === 'sessions' && part === 'runs' && detail === 'receipt';
  if (rest.length > 0 || (detail !== undefined && !isReceipt) || (name === '' && parts.length > 1))
    return undefined;
  // A class or a code may hold a slash of its own.
  const tail = parts.slice(1).join('/');
  switch (kind) {
    case 'sessions': {
      if (name === '') return undefined;
      const sessionId = name === CURRENT ? undefined : name;
      if (part === undefined) return { kind: 'session', sessionId, part: undefined };
      if (part === 'runs' && promptId !== undefined) {
        return { kind: isReceipt ? 'receipt' : 'run', sessionId, promptId };
      }
      if (promptId !== undefined || !isSessionPart(part)) return undefined;
      return { kind: 'session', sessionId, part };
    }
    case 'outputs':
      return name === '' || part !== undefined ? undefined : { kind: 'output', assetId: name };
    case 'nodes':
      return tail === '' ? undefined : { kind: 'node', classType: tail };
    case 'errors':
      return { kind: 'error', code: tail === '' ? undefined : tail };
    default:
      return undefined;
  }
}

function isSessionPart(part: string): part is SessionPart {
  return SESSION_PARTS.some((known) => known === part);
}

function decodeParts(path: string): readonly string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    // A lone "%" is no address.
    return undefined;
  }
}
