import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCoreNotice } from '../../core/host/mcp-bridge/core-notice.ts';
import { rotateMcpToken } from '../../core/host/mcp-token.ts';
import { type SpawnedBridge, spawnBridge } from '../mcp/spawn-bridge.ts';
import { type StartedEndpoint, startEndpoint } from '../mcp/start-endpoint.ts';

let dataFolder: string;
let app: StartedEndpoint | undefined;
let bridge: SpawnedBridge | undefined;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'second-unit-bridge-'));
});
afterEach(async () => {
  await bridge?.close();
  await app?.close();
  await rm(dataFolder, { recursive: true, force: true });
});

const stats = { name: 'get_system_stats', arguments: {} };

describe('second-unit mcp beside a running app', () => {
  it('attaches to the app and says so beside the protocol', async () => {
    app = await startEndpoint({ dataFolder });
    bridge = spawnBridge(dataFolder);
    expect((await bridge.initialize()).result).toMatchObject({
      protocolVersion: '2025-11-25',
      serverInfo: { name: 'second-unit' },
    });
    expect((await bridge.request('tools/call', stats)).result).toMatchObject({
      structuredContent: { stats: {} },
    });
    expect(bridge.stderr()).toBe('Connected to Second Unit.\n');
    expect(await bridge.close()).toBe(0);
  });

  it('goes on after the app was restarted, and the client sees no failed call', async () => {
    app = await startEndpoint({ dataFolder });
    bridge = spawnBridge(dataFolder);
    await bridge.initialize();
    await bridge.request('tools/call', stats);
    await app.close();
    const during = bridge.request('tools/call', stats);
    app = await startEndpoint({ dataFolder });
    const answers = [await during, await bridge.request('tools/call', stats)];
    expect(answers.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(bridge.stderr()).toContain('connected again');
  });

  it('finds the new token by itself', async () => {
    app = await startEndpoint({ dataFolder });
    await rotateMcpToken(dataFolder);
    bridge = spawnBridge(dataFolder);
    expect((await bridge.initialize()).error).toBeUndefined();
  });

  it('shows the surface that was asked for', async () => {
    app = await startEndpoint({ dataFolder });
    bridge = spawnBridge(dataFolder, { args: ['--surface', 'compact'] });
    await bridge.initialize();
    const { result } = await bridge.request('tools/list');
    expect((result?.['tools'] as readonly { name: string }[]).map(({ name }) => name)).toEqual([
      'find_tools',
      'describe_tool',
      'call_tool',
    ]);
  });

  it('lets a message through only up to 4 MiB', async () => {
    app = await startEndpoint({ dataFolder });
    bridge = spawnBridge(dataFolder);
    await bridge.initialize();
    bridge.notify('notifications/large', { text: 'x'.repeat(5 * 1024 * 1024) });
    expect((await bridge.request('ping')).result).toEqual({});
  });
});

describe('second-unit mcp without an app', () => {
  it('starts a core without a window, says so, and gives way to an app that opens', async () => {
    bridge = spawnBridge(dataFolder, { args: ['--comfy', 'practice'] });
    expect((await bridge.initialize()).result).toMatchObject({
      serverInfo: { name: 'second-unit' },
    });
    expect(bridge.stderr()).toContain('started without a window');
    const headless = await readCoreNotice(dataFolder);
    expect(headless?.kind).toBe('headless');
    const { retireHeadlessCore } = await import('../../core/host/mcp-bridge/announce-core.ts');
    await retireHeadlessCore(dataFolder);
    app = await startEndpoint({ dataFolder });
    expect((await bridge.request('tools/call', stats)).error).toBeUndefined();
    expect((await readCoreNotice(dataFolder))?.pid).toBe(process.pid);
  });

  it('refuses an option that it does not know, exit 2', async () => {
    bridge = spawnBridge(dataFolder, { args: ['--surface', 'huge'] });
    expect(await bridge.close()).toBe(2);
    expect(bridge.stderr()).toContain('default, full, compact');
  });
});
