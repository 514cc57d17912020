import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../core/contract/wire/client.ts';
import { CONTRACT_VERSION } from '../../core/contract/version.ts';
import { createMessagePortTransport } from '../../core/host/transport/message-port-transport.ts';
import { type Bundles, buildBundles } from './build-bundles.ts';

/** Gives the bundle what a utility process has: `process.parentPort`, and ports in Electron's shape. */
const UTILITY_PROCESS = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { EventEmitter } = require('node:events');
  const toElectronPort = (port) => ({
    on: (type, listener) => port.on(type, (value) => listener({ data: value })),
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  });
  process.parentPort = Object.assign(new EventEmitter(), {
    postMessage: (message) => parentPort.postMessage(message),
  });
  parentPort.on('message', ({ data, port }) => {
    const ports = port === undefined ? [] : [toElectronPort(port)];
    process.parentPort.emit('message', { data, ports });
  });
  import(workerData.core);
`;

let bundles: Bundles;
let dataFolder: string;
let core: Worker;
let client: Client;

beforeAll(async () => {
  bundles = await buildBundles();
  dataFolder = mkdtempSync(join(tmpdir(), 'second-unit-core-'));
  core = new Worker(UTILITY_PROCESS, {
    eval: true,
    workerData: { core: pathToFileURL(bundles.core).href },
    env: { ...process.env, SECOND_UNIT_DATA: dataFolder, SECOND_UNIT_VERSION: '9.9.9' },
  });
  await once(core, 'message');
  const { port1, port2 } = new MessageChannel();
  core.postMessage({ data: { type: 'connect', role: 'artist' }, port: port1 }, [port1]);
  client = connect(createMessagePortTransport(port2));
}, 60_000);

afterAll(async () => {
  client.dispose();
  await core.terminate();
  bundles.remove();
  rmSync(dataFolder, { recursive: true, force: true });
});

it('the built core answers a page over its port, with the version that it was told', async () => {
  const hello = await client.call('core/hello', { version: CONTRACT_VERSION, client: 'test' });
  expect(hello).toMatchObject({ ok: true, value: { role: 'artist', appVersion: '9.9.9' } });
});

it('the built core finds the templates that ship with the app', async () => {
  const list = await client.call('template/list', {});
  expect(list.ok && list.value.templates.map(({ name }) => name)).toContain('sdxl-text-to-image');
});

it('the built core opens a template with sharp and its node classes at hand', async () => {
  const session = await client.call('session/create', {});
  if (!session.ok) throw new Error('no session');
  const source = { kind: 'template', name: 'sdxl-text-to-image' } as const;
  const opened = await client.call('workflow/open', { ...session.value, source });
  expect(opened).toMatchObject({ ok: true, value: { problems: [] } });
});

it('the built core writes everything and ends when it is told to stop', async () => {
  const exited = once(core, 'exit');
  core.postMessage({ data: { type: 'stop' } });
  const [message] = (await once(core, 'message')) as [unknown];
  expect(message).toEqual({ type: 'stopped' });
  expect(await exited).toEqual([0]);
});
