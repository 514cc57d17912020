import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createComfyCli } from '../../core/shell/comfy-cli/create-comfy-cli.ts';
import { findComfyCli } from '../../core/shell/comfy-cli/find-comfy-cli.ts';
import { type AddressInfo, createServer } from 'node:net';

const { platform, env } = process;
const program = await findComfyCli({ platform, home: homedir(), environment: env });

/** Answers like ComfyUI and says what comfy-cli waits for. */
const MAIN = `
import http.server, json, sys
port = int(sys.argv[sys.argv.index('--port') + 1])
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({'system': {'comfyui_version': '0.3.64'}, 'devices': []}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *parts):
        pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler)
print(f'To see the GUI go to: http://127.0.0.1:{port}', flush=True)
server.serve_forever()
`;

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let home: string;
const kept = { ...env };
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  Object.assign(env, { HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config') });
});
afterEach(async () => {
  for (const name of Object.keys(env)) if (!(name in kept)) Reflect.deleteProperty(env, name);
  Object.assign(env, kept);
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

describe.skipIf(program === undefined || platform === 'win32')(
  'the real comfy-cli (needs the program "comfy"; not on Windows)',
  () => {
    it('has nothing to start before a ComfyUI is there', async () => {
      expect(await createComfyCli().which()).toEqual({ ok: true, value: undefined });
    }, 60_000);

    it('starts its ComfyUI, shows its log, and stops it again', async () => {
      const folder = join(home, platform === 'darwin' ? 'Documents/comfy' : 'comfy', 'ComfyUI');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'main.py'), MAIN);
      const port = await findFreePort();
      const cli = createComfyCli({ launchFlags: ['--port', String(port)] });
      expect(await cli.which()).toEqual({ ok: true, value: { folder } });
      const url = `http://127.0.0.1:${String(port)}`;
      expect(await cli.start()).toEqual({ ok: true, value: { url } });
      expect((await fetch(`${url}/system_stats`)).status).toBe(200);
      expect(await cli.start()).toMatchObject({
        error: { code: 'comfy-cli/failed', data: { code: 'server_already_running' } },
      });
      const log = await cli.logs(20);
      expect(log.ok && log.value.lines.join('\n')).toContain('To see the GUI go to');
      expect(await cli.stop()).toEqual({ ok: true, value: undefined });
      expect(await cli.stop()).toMatchObject({
        error: { code: 'comfy-cli/failed', data: { code: 'no_background_server' } },
      });
    }, 120_000);
  },
);
