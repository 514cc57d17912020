import type { McpEndpoint } from '../../core/mcp/create-mcp-endpoint.ts';
import { type StartedEndpoint, startEndpoint } from './start-endpoint.ts';
import { toExtras } from './conformance/to-extras.ts';

/**
 * The product's endpoint with the suites' fixtures beside its own tools. The suites cannot show a token, so
 * this host adds it to requests that come without; everything else is checked as always.
 */
export async function startConformanceHost(): Promise<StartedEndpoint> {
  const running: { endpoint?: McpEndpoint } = {};
  const extras = toExtras({
    toolsChanged: () => running.endpoint?.listChanged('tools'),
    promptsChanged: () => running.endpoint?.listChanged('prompts'),
    mint: async (payload, ctx) => (await running.endpoint?.mint(payload, ctx)) ?? '',
  });
  const started = await startEndpoint({
    mcp: { extras },
    before: ({ headers }, token) => {
      headers.authorization ??= `Bearer ${token}`;
    },
  });
  running.endpoint = started.endpoint;
  return started;
}
