import type { IncomingMessage, ServerResponse } from 'node:http';
import { INVALID_REQUEST } from '@modelcontextprotocol/server';
import type { Disposable } from '../../../base/disposable.ts';
import { MESSAGES_PATH } from '../wire-names.ts';
import { refuse, toWebRequest } from '../write-response.ts';
import { createLastingServers } from './lasting-servers.ts';
import { SERVER_ERROR, SESSION_NOT_FOUND, type ServingParts } from './serving-parts.ts';
import { type SseTransport, createSseTransport } from './sse-transport.ts';

/** The transport of 2024: one stream of events down, messages up by POST. */
export interface Events extends Disposable {
  open(request: IncomingMessage, response: ServerResponse): Promise<void>;
  post(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Makes the connections; none yet. */
export function createEvents(parts: ServingParts): Events {
  const { makeServer, scopeOf, readMessage, limits, time, newId } = parts;
  const events = createLastingServers<SseTransport>(limits, time);
  return {
    open: async (request, response) => {
      if (request.method !== 'GET') {
        refuse(response, 405, SERVER_ERROR, 'Only GET.', { allow: 'GET' });
        return;
      }
      const id = newId();
      const transport = createSseTransport(response, id, MESSAGES_PATH);
      const web = toWebRequest(request, new AbortController().signal);
      const server = makeServer(scopeOf(web.headers, new URL(web.url)), 'handshake');
      const entry = events.add(id, server, transport);
      entry.open = 1;
      response.once('close', () => events.remove(id));
      await server.connect(transport);
    },
    post: async (request, response) => {
      const web = toWebRequest(request, new AbortController().signal);
      const id = new URL(web.url).searchParams.get('sessionId') ?? '';
      const entry = events.find(id);
      if (request.method !== 'POST' || entry === undefined) {
        const status = entry === undefined ? 404 : 405;
        refuse(response, status, SESSION_NOT_FOUND, 'Open /sse first.');
        return;
      }
      const body = await readMessage(request, response);
      if (body === undefined) return;
      if (entry.transport.receive(body, web)) response.writeHead(202).end('Accepted');
      else refuse(response, 400, INVALID_REQUEST, 'That is no JSON-RPC message.');
    },
    dispose: () => events.dispose(),
  };
}
