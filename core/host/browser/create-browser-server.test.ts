import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { createBrowserServer } from './create-browser-server.ts';

const UPGRADE = [
  'GET /contract HTTP/1.1',
  'host: 127.0.0.1',
  'connection: upgrade',
  'upgrade: websocket',
  '\r\n',
].join('\r\n');

/** Asks for a socket without a token, and is gone before it is turned away. */
function knockAndRun(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(UPGRADE);
      setImmediate(() => socket.resetAndDestroy());
    });
    socket.once('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

it('goes on when somebody who may not come in is gone before it could be said', async () => {
  const failures: unknown[] = [];
  const keep = (cause: unknown): void => void failures.push(cause);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', keep);
  const server = await createBrowserServer({
    port: 0,
    token: 'a'.repeat(32),
    pageFolder: null,
    readAsset: async () => err(appError('cancelled', {})),
    accept: null,
  });
  if (!server.ok) throw new Error(server.error.code);
  try {
    for (let time = 0; time < 100; time += 1) await knockAndRun(server.value.port);
    const answer = await fetch(`http://127.0.0.1:${String(server.value.port)}/healthz`);
    expect(await answer.text()).toBe('ok');
    expect(failures).toEqual([]);
  } finally {
    await server.value.close();
    process.off('uncaughtException', keep);
    for (const other of others) process.on('uncaughtException', other);
  }
});
