import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type BodyProblem, type Call, MAX_BODY_BYTES, readBody } from './call.ts';
import { isForeignOrigin } from './origin.ts';
import { crashReply, emptyReply, noSuchFileReply, type Reply, textReply } from './reply.ts';

/** Answers one call. */
export type Handler = (call: Call) => Reply | Promise<Reply>;

/** One route: `GET /history/:id`; a part that starts with ":" matches one path segment. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly handler: Handler;
  /** `/internal/…` has no twin below `/api`. */
  readonly isInternal?: boolean;
}

/** Answers a request; `files` serves what no route knows (the page's static files). */
export type RequestListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Makes the listener of the HTTP server: origin rule, routes with and without `/api`, files. */
export function createRouter(
  routes: readonly Route[],
  files: (path: string, call: Call) => Promise<Reply>,
): RequestListener {
  const compiled = routes.map((route) => ({ route, parts: route.path.split('/').slice(1) }));
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const method = request.method ?? 'GET';
    const [path = '/', search = ''] = splitOnce(request.url ?? '/', '?');
    if (isForeignOrigin(request.headers.host, request.headers.origin)) return emptyReply(403);
    if (method === 'OPTIONS') return emptyReply(200);
    const segments = path.split('/').slice(1);
    const matches = compiled.flatMap(({ route, parts }) => {
      const own = match(parts, segments);
      const twin =
        segments[0] === 'api' && route.isInternal !== true
          ? match(parts, segments.slice(1))
          : undefined;
      const params = own ?? twin;
      return params === undefined ? [] : [{ route, params }];
    });
    const call = (params: Readonly<Record<string, string>>): Call => ({
      method,
      params,
      query: new URLSearchParams(search),
      headers: request.headers,
      body: () => readBody(request),
    });
    const wanted = method === 'HEAD' ? 'GET' : method;
    const found = matches.find(({ route }) => route.method === wanted);
    if (found !== undefined) return found.route.handler(call(found.params));
    if (matches.length > 0) return notAllowed(matches.map(({ route }) => route.method));
    if (wanted !== 'GET') return notAllowed(['GET']);
    return files(path, call({}));
  };
  return async (request, response) => {
    // A handler that dies must answer as aiohttp does, not take the server with it.
    const reply = await answer(request).catch(() => crashReply());
    send(request, response, reply);
  };
}

/** The server's answer to a body that it cannot use. */
export function bodyReply(problem: BodyProblem): Reply {
  return problem === 'too-large'
    ? textReply(`Maximum request body size ${MAX_BODY_BYTES} exceeded.`, 413)
    : crashReply();
}

/** The static handler's answers to a path that leaves its folder, and to one that is not there. */
export function missingFileReply(path: string): Reply {
  const leaves = decodeSegment(path)?.split('/').includes('..') ?? true;
  return leaves ? textReply('404: Not Found', 404) : noSuchFileReply();
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body, 'utf8') : reply.body;
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers))
    response.setHeader(name, toHeaderText(value));
  response.setHeader('Server', 'Second Unit practice ComfyUI');
  const isBodiless = reply.status === 204 || reply.status === 304;
  if (!isBodiless) response.setHeader('Content-Length', body.length);
  // Written before the end, because Node re-encodes Content-Disposition when it does both at once.
  response.writeHead(reply.status);
  response.end(request.method === 'HEAD' || isBodiless ? undefined : body);
}

/** A header's bytes are UTF-8, as aiohttp writes them; Node takes them one character per byte. */
function toHeaderText(value: string): string {
  return Buffer.from(value, 'utf8')
    .toString('latin1')
    .replace(/[\r\n]/g, ' ');
}

function match(
  parts: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = decodeSegment(segments[i] ?? '');
    if (segment === undefined) return undefined;
    if (part.startsWith(':')) {
      if (segment === '') return undefined;
      params[part.slice(1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function notAllowed(methods: readonly string[]): Reply {
  const all = methods.includes('GET') ? [...methods, 'HEAD'] : [...methods];
  return textReply('405: Method Not Allowed', 405, { Allow: [...new Set(all)].sort().join(',') });
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
