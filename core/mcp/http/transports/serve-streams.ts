import type { ServerResponse } from 'node:http';
import {
  INVALID_REQUEST,
  WebStandardStreamableHTTPServerTransport,
  isInitializeRequest,
} from '@modelcontextprotocol/server';
import type { Disposable } from '../../../base/disposable.ts';
import { type JsonValue, isJsonArray } from '../../../base/json.ts';
import { PROTOCOL_VERSIONS } from '../../server/create-server-factory.ts';
import { refuse, writeWebResponse } from '../write-response.ts';
import { createLastingServers } from './lasting-servers.ts';
import { SESSION_NOT_FOUND, type ServingParts } from './serving-parts.ts';

/** Streamable HTTP of the 2025 protocols: a connection begins with `initialize`, ends with DELETE or silence. */
export interface Streams extends Disposable {
  /** `body` is undefined where the stream of a connection is opened or ended. */
  serve(web: Request, body: JsonValue | undefined, response: ServerResponse): Promise<void>;
}

/** Makes the connections; none yet. */
export function createStreams(parts: ServingParts): Streams {
  const { makeServer, scopeOf, limits, time, newId } = parts;
  const streams = createLastingServers<WebStandardStreamableHTTPServerTransport>(limits, time);

  const begin = async (web: Request, body: JsonValue | undefined, response: ServerResponse) => {
    if (!beginsSession(body)) {
      const message = 'Begin with "initialize", or send the Mcp-Session-Id.';
      refuse(response, 400, INVALID_REQUEST, message);
      return;
    }
    const sessionId = newId();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => sessionId,
      supportedProtocolVersions: PROTOCOL_VERSIONS.slice(1),
      onsessionclosed: () => streams.remove(sessionId),
    });
    const server = makeServer(scopeOf(web.headers, new URL(web.url)), 'handshake');
    await server.connect(transport);
    streams.add(sessionId, server, transport);
    const answer = await transport.handleRequest(web, { parsedBody: body });
    if (!answer.ok) streams.remove(sessionId);
    await writeWebResponse(answer, response);
  };

  return {
    serve: async (web, body, response) => {
      const id = web.headers.get('mcp-session-id');
      if (id === null) {
        await begin(web, body, response);
        return;
      }
      const session = streams.find(id);
      if (session === undefined) {
        const message = 'That connection is over. Begin again with "initialize".';
        refuse(response, 404, SESSION_NOT_FOUND, message);
        return;
      }
      session.open += 1;
      response.once('close', () => {
        session.open -= 1;
        session.lastSeen = time.now();
      });
      const options = body === undefined ? {} : { parsedBody: body };
      await writeWebResponse(await session.transport.handleRequest(web, options), response);
    },
    dispose: () => streams.dispose(),
  };
}

function beginsSession(body: JsonValue | undefined): boolean {
  return isJsonArray(body) ? body.some(isInitializeRequest) : isInitializeRequest(body);
}
