import { join } from 'node:path';
import { createBrowserServer } from './browser/create-browser-server.ts';
import { readPicture } from './browser/read-picture.ts';
import { createHost } from './create-host.ts';
import { defaultDataFolder, productFolder } from './folders.ts';
import {
  type EmitterPort,
  createMessagePortTransport,
} from './transport/message-port-transport.ts';
import { announceCore, retireHeadlessCore } from './mcp-bridge/announce-core.ts';
import { mcpTokenPath } from './mcp-token.ts';
import { createHostMcp } from './mcp/create-host-mcp.ts';
import { tellProposals } from './tell-proposals.ts';
import { readOrMakeToken } from './read-or-make-token.ts';
import { createVaultClient } from './vault-client.ts';

/** What Electron's utility process adds to `process`; its types live in a package that the core does not import. */
interface ParentPort {
  on(event: 'message', listener: (event: ParentMessage) => void): void;
  postMessage(message: unknown): void;
}
interface ParentMessage {
  readonly data: unknown;
  readonly ports: readonly EmitterPort[];
}

/** The core inside the desktop app: one MessagePort per window, pictures over loopback. */
async function runUtilityProcess(parent: ParentPort): Promise<void> {
  const dataFolder = defaultDataFolder();
  const appVersion = process.env['SECOND_UNIT_VERSION'] ?? 'development';
  const vault = createVaultClient((request) => parent.postMessage(request));
  // Pages may ask for their port while the core still starts.
  const started = Promise.withResolvers<(message: ParentMessage) => void>();
  parent.on('message', (message) => {
    if (!vault.receive(message.data)) void started.promise.then((receive) => receive(message));
  });
  await retireHeadlessCore(dataFolder);
  const host = await createHost({
    dataFolder,
    templatesFolder: productFolder('resources/templates'),
    appVersion,
    sealer: vault,
    filesFolder: join(dataFolder, 'workflows'),
  });
  const mcp = await createHostMcp(host, { dataFolder, appVersion });
  const pictures = await createBrowserServer({
    port: 0,
    token: await readOrMakeToken(dataFolder),
    pageFolder: null,
    readAsset: (assetId, width) => readPicture(host.assets, assetId, width),
    accept: null,
    mcp,
  });
  // Whoever looks elsewhere hears that somebody waits.
  tellProposals(host.agent, (attention) => parent.postMessage(attention));
  let notice: Awaited<ReturnType<typeof announceCore>> | undefined;
  if (pictures.ok) {
    const { assetBase, port } = pictures.value;
    host.setAssetBase(assetBase);
    host.setMcp({ url: `http://127.0.0.1:${String(port)}/mcp` });
    const tokenFile = mcpTokenPath(dataFolder);
    notice = await announceCore(dataFolder, { port, kind: 'app', tokenFile, version: appVersion });
  } else host.log.warn('pictures cannot be served', { code: pictures.error.code });

  started.resolve(({ data, ports }) => {
    const [port] = ports;
    if (isMessage(data, 'connect') && port !== undefined) {
      // The main process hands ports to its own window only, so this side is the artist's.
      host.serve(createMessagePortTransport(port), 'artist');
    }
    if (isMessage(data, 'stop')) {
      void host.close().then(async () => {
        await notice?.withdraw();
        await mcp.close();
        if (pictures.ok) await pictures.value.close();
        parent.postMessage({ type: 'stopped' });
        process.exit(0);
      });
    }
  });
  parent.postMessage({ type: 'ready' });
  await host.connect('automatic');
}

function isMessage(data: unknown, type: string): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === type;
}

const { parentPort } = process as { readonly parentPort?: ParentPort };
if (parentPort !== undefined) await runUtilityProcess(parentPort);
