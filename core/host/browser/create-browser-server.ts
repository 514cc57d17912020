import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Transport } from '../../contract/wire/transport.ts';
import type { McpEndpoint } from '../../mcp/create-mcp-endpoint.ts';
import { createWebSocketTransport } from '../transport/web-socket-transport.ts';
import { hasLoopbackHost, hasOwnOrigin, isSameSecret } from './check-request.ts';
import { readStaticFile } from './read-static-file.ts';

/** The page and the contract on loopback. */
export interface BrowserServer {
  readonly port: number;
  /** What to open in a browser; holds the pairing token after the "#", which browsers do not send. */
  readonly url: string;
  /** Prefix of picture addresses; unguessable, since pictures are fetched without the token. */
  readonly assetBase: string;
  close(): Promise<void>;
}

/** What the server needs from the host. */
export interface BrowserServerParts {
  /** 0: any free port. */
  readonly port: number;
  /** Pairing token that a page must show. */
  readonly token: string;
  /** Folder of the built page; null: pictures only, for the desktop app. */
  readonly pageFolder: string | null;
  readonly readAsset: (
    assetId: string,
    width: number | undefined,
  ) => Promise<Result<{ readonly bytes: Uint8Array; readonly mediaType: string }, AppError>>;
  /** Takes a page that showed the token; null refuses every page. */
  readonly accept: ((transport: Transport) => void) | null;
  /** Served on the same port; it checks by itself who may ask, and leaves to us what is not its own. */
  readonly mcp?: Pick<McpEndpoint, 'handle' | 'upgrade'>;
}

const PROTOCOL = 'second-unit';
const CSP =
  "default-src 'self'; connect-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
  "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
/** A workflow picture of 64 MiB in base64, and some room. */
const MAX_MESSAGE_BYTES = 96 * 1024 * 1024;

/** Starts serving; fails with `host/port-in-use` when somebody else has the port. */
export async function createBrowserServer(
  parts: BrowserServerParts,
): Promise<Result<BrowserServer, AppError>> {
  const { token } = parts;
  const assetPath = `/pictures/${randomBytes(18).toString('base64url')}/`;
  const http = createServer((request, response) => {
    if (parts.mcp?.handle(request, response) === true) return;
    void answer(request, response, parts, assetPath);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => PROTOCOL,
  });
  http.on('upgrade', (request, socket, head) => {
    const { accept } = parts;
    // Node listens no more from here on, and an error that nobody hears ends the process: whoever knocks may be gone.
    socket.on('error', () => socket.destroy());
    if (parts.mcp?.upgrade(request, socket, head) === true) return;
    const isRight = URL.parse(request.url ?? '/', 'http://loopback')?.pathname === '/contract';
    const isOurs = hasLoopbackHost(request) && hasOwnOrigin(request) && hasToken(request, token);
    if (!isRight || !isOurs || accept === null) {
      socket.end(`HTTP/1.1 ${isRight ? '403 Forbidden' : '404 Not Found'}\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened: WebSocket) => {
      accept(createWebSocketTransport(opened));
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(parts.port, '127.0.0.1', resolve);
    });
  } catch {
    return err(appError('host/port-in-use', { port: parts.port }));
  }
  const { port } = http.address() as AddressInfo;
  const origin = `http://127.0.0.1:${String(port)}`;
  return ok({
    port,
    url: `${origin}/#token=${token}`,
    assetBase: parts.pageFolder === null ? origin + assetPath : assetPath,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
      });
    },
  });
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',');
  return offered.some((protocol) => isSameSecret(protocol.trim(), `token.${token}`));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: BrowserServerParts,
  assetPath: string,
): Promise<void> {
  // "//" and the like are no addresses, yet they are sent.
  const url = URL.parse(request.url ?? '/', 'http://loopback');
  const { status, headers, body } =
    url === null ? say(400, 'No address.') : await chooseAnswer(request, url, parts, assetPath);
  response.writeHead(status, { 'x-content-type-options': 'nosniff', ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

async function chooseAnswer(
  request: IncomingMessage,
  url: URL,
  { pageFolder, readAsset }: BrowserServerParts,
  assetPath: string,
): Promise<Answer> {
  if (!hasLoopbackHost(request)) return say(403, 'Only this machine may ask.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Only GET.');
  if (url.pathname === '/healthz') return say(200, 'ok');
  if (url.pathname.startsWith(assetPath)) {
    const width = Number(url.searchParams.get('w') ?? '') || undefined;
    const asset = await readAsset(url.pathname.slice(assetPath.length), width);
    if (!asset.ok) return say(404, 'That picture is not here any more.');
    const { bytes, mediaType } = asset.value;
    const headers = {
      'content-type': mediaType,
      'cache-control': 'private, max-age=3600',
      'content-security-policy': "default-src 'none'; sandbox",
    };
    return { status: 200, headers, body: bytes };
  }
  const file = pageFolder === null ? undefined : await readStaticFile(pageFolder, url.pathname);
  if (file === undefined) return say(404, 'Nothing here.');
  // The build names these files by their content.
  const isHashed = url.pathname.startsWith('/assets/');
  const headers = {
    'content-type': file.mediaType,
    'content-security-policy': CSP,
    'referrer-policy': 'no-referrer',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  return { status: 200, headers, body: file.bytes };
}

function say(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
