import { readFileSync } from 'node:fs';
import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  createServer,
  request as requestHttp,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** What stands in front of a ComfyUI in a studio. */
export interface ProxyOptions {
  /** Where the ComfyUI is. */
  readonly target: string;
  /** With the certificate of this name under tests/fixtures/tls. */
  readonly certificate?: 'first' | 'second';
  /** Prefix of every route, e.g. "/comfy". */
  readonly basePath?: string;
  /** Headers that must be there, exactly; else 401. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Where everything is sent on to, by its path; nothing is answered here then. */
  readonly sendsOn?: (path: string) => string;
  readonly port?: number;
}

/** A running one. */
export interface GuardedProxy {
  readonly url: string;
  readonly port: number;
  /** What was asked, also by sockets: "GET /comfy/queue". */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A reverse proxy for HTTP and WebSocket that lets in only who knows the headers. */
export async function createGuardedProxy(options: ProxyOptions): Promise<GuardedProxy> {
  const { basePath = '', requires = {}, certificate } = options;
  const target = new URL(options.target);
  const asked: string[] = [];
  const open = new Set<Duplex>();
  const isAllowed = ({ headers }: IncomingMessage): boolean =>
    Object.entries(requires).every(([name, value]) => headers[name] === value);

  const answer: RequestListener = (request, response) => {
    const path = request.url ?? '/';
    asked.push(`${request.method ?? ''} ${path}`);
    if (options.sendsOn !== undefined) {
      response.writeHead(302, { location: options.sendsOn(path) }).end();
      return;
    }
    if (!isAllowed(request)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="studio"' }).end();
      return;
    }
    if (!path.startsWith(`${basePath}/`)) {
      response.writeHead(404).end();
      return;
    }
    const passed = requestHttp(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: path.slice(basePath.length),
        headers: { ...request.headers, host: target.host },
      },
      (from) => {
        response.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  };
  const server: Server =
    certificate === undefined
      ? createServer(answer)
      : createTlsServer({ key: pem(certificate, 'key'), cert: pem(certificate, 'cert') }, answer);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const path = request.url ?? '/';
    asked.push(`WS ${path.split('?')[0] ?? ''}`);
    if (!isAllowed(request) || !path.startsWith(`${basePath}/`)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    const through = connect(Number(target.port), target.hostname, () => {
      const lines = Object.entries({ ...request.headers, host: target.host }).map(
        ([name, value]) => `${name}: ${String(value)}`,
      );
      const head = [`GET ${path.slice(basePath.length)} HTTP/1.1`, ...lines];
      through.write(`${head.join('\r\n')}\r\n\r\n`);
      through.pipe(socket).pipe(through);
    });
    through.on('error', () => socket.destroy());
    socket.on('error', () => through.destroy());
    socket.on('close', () => through.destroy());
    open.add(through);
    through.on('close', () => open.delete(through));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = certificate === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://127.0.0.1:${String(port)}${basePath}`,
    port,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function pem(certificate: 'first' | 'second', part: 'key' | 'cert'): string {
  return readFileSync(
    new URL(`../../fixtures/tls/${certificate}.${part}.pem`, import.meta.url),
    'utf8',
  );
}
