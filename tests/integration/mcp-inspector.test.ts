import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { type StartedEndpoint, startEndpoint } from '../mcp/start-endpoint.ts';

// 110 MB with what it needs, so it is no dependency: `npm i @modelcontextprotocol/inspector` anywhere, then
// MCP_INSPECTOR=…/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js
const inspector = process.env['MCP_INSPECTOR'];
const bridge = join(import.meta.dirname, '..', '..', 'core/host/mcp-bridge/bridge.ts');
const run = promisify(execFile);

describe.skipIf(inspector === undefined)('the inspector’s CLI (MCP_INSPECTOR names it)', () => {
  let app: StartedEndpoint;
  beforeAll(async () => {
    app = await startEndpoint();
  });
  afterAll(() => app.close());

  const inspect = async (where: readonly string[], ...what: string[]): Promise<unknown> => {
    const args = [inspector ?? '', '--cli', ...where, '--method', ...what];
    const { stdout } = await run(process.execPath, args, { timeout: 60_000 });
    return JSON.parse(stdout.slice(stdout.indexOf('{')));
  };
  const wires: readonly (readonly [string, () => readonly string[]])[] = [
    ['stdio', () => [process.execPath, bridge, '--data', app.dataFolder]],
    [
      'HTTP',
      () => [app.url, '--transport', 'http', '--header', `Authorization: Bearer ${app.token}`],
    ],
  ];

  it.each(wires)('lists, calls, reads and prompts over %s', async (_what, where) => {
    const { tools } = (await inspect(where(), 'tools/list')) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toContain('get_system_stats');
    expect(await inspect(where(), 'tools/call', '--tool-name', 'get_system_stats')).toMatchObject({
      structuredContent: { stats: {} },
    });
    expect(await inspect(where(), 'resources/read', '--uri', 'second-unit://errors')).toMatchObject(
      { contents: [{ mimeType: 'text/markdown' }] },
    );
    expect(await inspect(where(), 'prompts/list')).toMatchObject({ prompts: expect.any(Array) });
  });
});
