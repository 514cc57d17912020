import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agent, createAgent } from '../agent/create-agent.ts';
import type { ComfyTarget } from '../agent/servers/comfy-link.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';
import { type Result, ok } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';
import type { Client } from '../contract/wire/client.ts';
import { connectLocally } from '../contract/wire/local-client.ts';
import type { Role } from '../contract/method-spec.ts';
import { serve } from '../contract/wire/server.ts';
import type { Transport } from '../contract/wire/transport.ts';
import type { MachineFacts } from '../domain/machine/hardware/derive-hardware.ts';
import type { Assets } from '../ports/assets.ts';
import type { Clock } from '../ports/clock.ts';
import type { ComfyCli } from '../ports/comfy-cli.ts';
import type { Comfy } from '../ports/comfy.ts';
import type { Gpu, GpuReading } from '../ports/gpu.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Model } from '../ports/model.ts';
import type { SessionRepository } from '../ports/repositories.ts';
import type { ServerAccess } from '../ports/server-access.ts';
import { type PracticeServer, createPracticeServer } from '../practice/create-practice-server.ts';
import { createAssets } from '../shell/assets/create-assets.ts';
import { createComfy } from '../shell/comfy/create-comfy.ts';
import { createComfyCli } from '../shell/comfy-cli/create-comfy-cli.ts';
import { splitAddress } from '../shell/comfy/address.ts';
import { createCatalogStore } from '../shell/comfy/catalog/catalog-store.ts';
import { type Discovery, discoverServers } from '../shell/discovery/discover-servers.ts';
import { probeServer } from '../shell/discovery/probe-server.ts';
import { createGpu } from '../shell/gpu/create-gpu.ts';
import { type Sealer, createSecrets } from '../shell/secrets/create-secrets.ts';
import { createImages } from '../shell/images/create-images.ts';
import { createBuiltInModel } from '../shell/model/built-in-model.ts';
import { createModelFiles } from '../shell/model-files/create-model-files.ts';
import { createRunTimesRepository } from '../shell/store/create-run-times-repository.ts';
import { createReceiptRepository } from '../shell/store/create-receipt-repository.ts';
import { createPeakRepository } from '../shell/store/create-peak-repository.ts';
import { createSessionRepository } from '../shell/store/create-session-repository.ts';
import { createSettingsRepository } from '../shell/store/create-settings-repository.ts';
import { createClock } from '../shell/system/create-clock.ts';
import { createDigest } from '../shell/system/create-digest.ts';
import { createFiles } from '../shell/system/create-files.ts';
import { createIds } from '../shell/system/create-ids.ts';
import { createLog } from '../shell/system/create-log.ts';
import { createMachine } from '../shell/system/create-machine.ts';
import { readTemplates } from '../shell/templates/read-templates.ts';
import { tools } from '../tools/registry.ts';
import { createHostConnection } from './handlers/connection.ts';
import { createHandlers } from './handlers/create-handlers.ts';
import { createFileReader } from './servers/create-file-reader.ts';
import type { McpPlace } from './handlers/mcp-handlers.ts';
import { accessFromEnvironment } from './servers/access-from-environment.ts';
import { type ListedServers, nameServers } from './servers/name-servers.ts';

/** What a core is started with; everything but the folders has a default. */
export interface HostOptions {
  /** Sessions, settings, logs. */
  readonly dataFolder: string;
  readonly templatesFolder: string;
  readonly appVersion: string;
  /** Speed of the practice ComfyUI's sampler, ms per step. */
  readonly practiceStepMs?: number;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
  readonly sessionRepository?: SessionRepository;
  /** Measures graphics cards; this machine's unless given. */
  readonly gpu?: Gpu;
  /** Who answers; the built-in assistant unless given. */
  readonly model?: Model;
  /** Addresses that `automatic` tries, in order, instead of looking around. */
  readonly addresses?: readonly string[];
  /** Locks what is secret with the system's keychain; without it a file holds it that only its owner may read. */
  readonly sealer?: Sealer;
  /** Starts ComfyUI on this machine; the real comfy-cli unless given. */
  readonly comfyCli?: ComfyCli;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where a file goes that is named without a folder; absent: where the process was started, as a terminal expects. */
  readonly filesFolder?: string;
}

const PROBE_TIMEOUT_MS = 5_000;

/** A running core. */
export interface Host {
  readonly agent: Agent;
  readonly assets: Assets;
  readonly log: Log;
  /** Answers the contract on one wire in a fixed role, until the wire closes or this is disposed. */
  serve(transport: Transport, role: Role): Disposable;
  /** A client in this process, in a fixed role. */
  openClient(role: Role): Client;
  /**
   * Connects as configured; the core works offline meanwhile and if it fails. A target that is named holds
   * until the artist chooses another one, whatever a session remembers.
   */
  connect(target: ComfyTarget): Promise<Result<unknown, AppError>>;
  /** Every ComfyUI that answers here; at most 2 s, connects to nothing. */
  discover(): Promise<ListedServers>;
  /** This machine and its graphics cards; at most 12 s where a driver hangs. */
  lookAtMachine(): Promise<{ readonly facts: MachineFacts; readonly reading: GpuReading }>;
  /** Tells pages where pictures are. */
  setAssetBase(assetBase: string): void;
  /** Says where the MCP endpoint is and who asked it lately, as far as that is known by then. */
  setMcp(place: Partial<McpPlace>): void;
  /** Stops everything and waits until what was said to be saved is on disk. */
  close(): Promise<void>;
}

/** The composition root: the only place where agent and shell meet. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { dataFolder, templatesFolder, appVersion } = options;
  await mkdir(dataFolder, { recursive: true });
  const clock = options.clock ?? createClock();
  const ids = options.ids ?? createIds();
  const log = options.log ?? createLog({ file: join(dataFolder, 'core.log') });
  let practice: PracticeServer | undefined;
  let assetBase = '';
  let mcp: McpPlace = { url: null, seen: () => [] };
  const environment = options.environment ?? process.env;

  const accessTo = async (address: string): Promise<Result<ServerAccess, AppError>> => {
    const split = splitAddress(address);
    if (!split.ok) return split;
    const fromEnvironment = accessFromEnvironment(split.value.url, environment);
    return fromEnvironment === undefined
      ? agent.servers.accessTo(split.value.url)
      : ok(fromEnvironment);
  };
  const discover = (): Promise<Discovery> =>
    discoverServers({
      ...(options.addresses === undefined
        ? { configured: configuredAddresses(agent), environment }
        : { configured: options.addresses, environment: {}, sources: [] }),
      accessTo: async (url) => {
        const access = await accessTo(url);
        return access.ok ? access.value : undefined;
      },
    });
  const catalogStore = createCatalogStore(join(dataFolder, 'catalogs'));
  const openComfy = async (target: ComfyTarget): Promise<Result<Comfy, AppError>> => {
    const { comfyUrl } = agent.workspace.state.settings;
    const chosen = options.addresses === undefined ? comfyUrl : null;
    const url = await chooseAddress(target, chosen, discover);
    if (url !== undefined) {
      const access = await accessTo(url);
      if (!access.ok) return access;
      const reached = { url, access: access.value, isPractice: false };
      return ok(createComfy({ ...reached, catalogStore, clock, ids, log }));
    }
    practice ??= await createPracticeServer({
      folder: join(dataFolder, 'practice'),
      templatesDir: templatesFolder,
      ...(options.practiceStepMs === undefined ? {} : { stepMs: options.practiceStepMs }),
    });
    return ok(createComfy({ url: practice.url, isPractice: true, clock, ids, log }));
  };
  const comfyCli = options.comfyCli ?? createComfyCli();
  const gpu = options.gpu ?? createGpu({ clock });
  const modelFiles = createModelFiles({ cacheFile: join(dataFolder, 'model-hashes.json') });
  const machine = createMachine();
  const assets = createAssets((server) => {
    const connected = agent.link.find(server);
    if (connected !== undefined) return connected;
    // Pictures of a session that worked with another server of the artist's list.
    const isKnown = configuredAddresses(agent).includes(server);
    return isKnown ? createFileReader(server, accessTo) : undefined;
  });
  const templates = await readTemplates(templatesFolder);
  const agent: Agent = createAgent({
    clock,
    ids,
    log,
    assets,
    openComfy,
    secrets: createSecrets(join(dataFolder, 'secrets.json'), options.sealer),
    splitAddress,
    probeServer: (url, access) =>
      probeServer({ url, source: 'configured' }, { access, timeoutMs: PROBE_TIMEOUT_MS }),
    tools,
    digest: createDigest(),
    files: createFiles(options.filesFolder),
    images: createImages(),
    gpu,
    modelFiles,
    machine,
    sessionRepository:
      options.sessionRepository ?? createSessionRepository(join(dataFolder, 'sessions')),
    runTimesRepository: createRunTimesRepository(join(dataFolder, 'run-times.json')),
    receiptRepository: createReceiptRepository(join(dataFolder, 'sessions')),
    settingsRepository: createSettingsRepository(join(dataFolder, 'settings.json')),
    peakRepository: createPeakRepository(join(dataFolder, 'observed-peaks.json')),
    model: options.model ?? createBuiltInModel({ templates }),
    templates,
    workflowFolder: join(dataFolder, 'workflows'),
    appVersion,
  });
  await agent.start();
  const listServers = async (): Promise<ListedServers> =>
    nameServers(await discover(), agent.workspace.state.settings);
  const handlers = createHandlers({
    agent,
    assets,
    tools,
    appVersion,
    assetBase: () => assetBase,
    discover: listServers,
    comfyCli,
    mcp: { dataFolder, place: () => mcp },
  });

  const onUnexpected = (cause: unknown): string => log.unexpected('method failed', cause);

  return {
    agent,
    assets,
    log,
    openClient: (role) =>
      connectLocally({
        handlers,
        open: (notify) => createHostConnection({ role, notify }),
        onClosed: ({ held }) => held.dispose(),
        onUnexpected,
      }),
    serve: (transport, role) => {
      const connection = createHostConnection({
        role,
        notify: (notification) => transport.send(notification),
      });
      connection.held.add(serve({ transport, handlers, connection, onUnexpected }));
      connection.held.add(transport.onClose(() => connection.held.dispose()));
      return toDisposable(() => {
        connection.held.dispose();
        transport.dispose();
      });
    },
    connect: (target) => agent.link.connect(target, { isPinned: target !== 'automatic' }),
    discover: listServers,
    lookAtMachine: async () => ({ facts: machine.facts(), reading: await gpu.look() }),
    setAssetBase: (base) => {
      assetBase = base;
    },
    setMcp: (place) => {
      mcp = { ...mcp, ...place };
    },
    close: async () => {
      await Promise.all(agent.sessions.opened.map((store) => store.saved()));
      agent.dispose();
      gpu.dispose();
      await agent.receipts.settled();
      await catalogStore.settled();
      modelFiles.dispose();
      await practice?.close();
    },
  };
}

/** The server last used comes first, then those with a name. */
function configuredAddresses(agent: Agent): readonly string[] {
  const { comfyUrl, servers = [] } = agent.workspace.state.settings;
  return [
    ...(comfyUrl === null || comfyUrl === '' ? [] : [comfyUrl]),
    ...servers.map(({ url }) => url),
  ];
}

/**
 * Undefined means practice. The server that the artist chose is waited for, even when it does not answer
 * yet: pictures from another one would not be what was asked for.
 */
async function chooseAddress(
  target: ComfyTarget,
  chosen: string | null,
  discover: () => Promise<Discovery>,
): Promise<string | undefined> {
  if (target === 'practice') return undefined;
  if (target !== 'automatic') return target.url;
  return chosen === null || chosen === '' ? (await discover()).found[0]?.target : chosen;
}
