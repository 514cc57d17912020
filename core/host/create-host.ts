import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agent, createAgent } from '../agent/create-agent.ts';
import type { ComfyTarget } from '../agent/comfy-link.ts';
import { serverName } from '../agent/runs/server-name.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';
import { type Result, ok } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';
import type { DiscoveredServer } from '../contract/machine.schema.ts';
import type { Role } from '../contract/methods.ts';
import { serve } from '../contract/server.ts';
import type { Transport } from '../contract/transport.ts';
import type { MachineFacts } from '../domain/machine/hardware/derive-hardware.ts';
import type { Assets } from '../ports/assets.ts';
import type { Clock } from '../ports/clock.ts';
import type { Comfy } from '../ports/comfy.ts';
import type { GpuReading } from '../ports/gpu.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Model } from '../ports/model.ts';
import type { SessionRepository } from '../ports/repositories.ts';
import { type PracticeServer, createPracticeServer } from '../practice/create-practice-server.ts';
import { createAssets } from '../shell/assets/create-assets.ts';
import { createComfy } from '../shell/comfy/create-comfy.ts';
import { type FoundServer, discoverServers } from '../shell/discovery/discover-servers.ts';
import { createGpu } from '../shell/gpu/create-gpu.ts';
import { createImages } from '../shell/images/create-images.ts';
import { createBuiltInModel } from '../shell/model/built-in-model.ts';
import { createModelFiles } from '../shell/model-files/create-model-files.ts';
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
  /** Who answers; the built-in assistant unless given. */
  readonly model?: Model;
  /** Addresses that `automatic` tries, in order, instead of looking around. */
  readonly addresses?: readonly string[];
}

/** A running core. */
export interface Host {
  readonly agent: Agent;
  readonly assets: Assets;
  readonly log: Log;
  /** Answers the contract on one wire in a fixed role, until the wire closes or this is disposed. */
  serve(transport: Transport, role: Role): Disposable;
  /** Connects as configured; the core works offline meanwhile and if it fails. */
  connect(target: ComfyTarget): Promise<Result<unknown, AppError>>;
  /** Every ComfyUI that answers here; at most 2 s, connects to nothing. */
  discover(): Promise<readonly DiscoveredServer[]>;
  /** This machine and its graphics cards; at most 12 s where a driver hangs. */
  lookAtMachine(): Promise<{ readonly facts: MachineFacts; readonly reading: GpuReading }>;
  /** Tells pages where pictures are. */
  setAssetBase(assetBase: string): void;
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

  const discover = (): Promise<readonly FoundServer[]> =>
    options.addresses === undefined
      ? discoverServers({ configured: configuredAddresses(agent) })
      : discoverServers({ configured: options.addresses, environment: {}, sources: [] });
  const openComfy = async (target: ComfyTarget): Promise<Result<Comfy, AppError>> => {
    const url = await chooseAddress(target, discover);
    if (url !== undefined) return ok(createComfy({ url, isPractice: false, clock, ids, log }));
    practice ??= await createPracticeServer({
      folder: join(dataFolder, 'practice'),
      templatesDir: templatesFolder,
      ...(options.practiceStepMs === undefined ? {} : { stepMs: options.practiceStepMs }),
    });
    return ok(createComfy({ url: practice.url, isPractice: true, clock, ids, log }));
  };
  const gpu = createGpu({ clock });
  const modelFiles = createModelFiles({ cacheFile: join(dataFolder, 'model-hashes.json') });
  const machine = createMachine();
  const assets = createAssets((server) => {
    const { current } = agent.link;
    return current !== undefined && serverName(current.connection) === server ? current : undefined;
  });
  const templates = await readTemplates(templatesFolder);
  const agent: Agent = createAgent({
    clock,
    ids,
    log,
    assets,
    openComfy,
    tools,
    digest: createDigest(),
    files: createFiles(),
    images: createImages(),
    gpu,
    modelFiles,
    machine,
    sessionRepository:
      options.sessionRepository ?? createSessionRepository(join(dataFolder, 'sessions')),
    settingsRepository: createSettingsRepository(join(dataFolder, 'settings.json')),
    model: options.model ?? createBuiltInModel({ templates }),
    templates,
    workflowFolder: join(dataFolder, 'workflows'),
  });
  await agent.start();
  const listServers = async (): Promise<readonly DiscoveredServer[]> =>
    nameServers(await discover(), agent);
  const handlers = createHandlers({
    agent,
    assets,
    tools,
    appVersion,
    assetBase: () => assetBase,
    discover: listServers,
  });

  return {
    agent,
    assets,
    log,
    serve: (transport, role) => {
      const connection = createHostConnection({
        role,
        notify: (notification) => transport.send(notification),
      });
      const onUnexpected = (cause: unknown): string => log.unexpected('method failed', cause);
      connection.held.add(serve({ transport, handlers, connection, onUnexpected }));
      connection.held.add(transport.onClose(() => connection.held.dispose()));
      return toDisposable(() => {
        connection.held.dispose();
        transport.dispose();
      });
    },
    connect: (target) => agent.link.connect(target),
    discover: listServers,
    lookAtMachine: async () => ({ facts: machine.facts(), reading: await gpu.look() }),
    setAssetBase: (base) => {
      assetBase = base;
    },
    close: async () => {
      await Promise.all(agent.sessions.opened.map((store) => store.saved()));
      agent.dispose();
      gpu.dispose();
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

function nameServers(found: readonly FoundServer[], agent: Agent): readonly DiscoveredServer[] {
  const { servers = [] } = agent.workspace.state.settings;
  return found.map(({ server, target }) => {
    const named = servers.find(({ url }) => url === target || url === server.url);
    return named === undefined ? server : { name: named.name, ...server };
  });
}

/** Undefined means practice. */
async function chooseAddress(
  target: ComfyTarget,
  discover: () => Promise<readonly FoundServer[]>,
): Promise<string | undefined> {
  if (target === 'practice') return undefined;
  return target === 'automatic' ? (await discover())[0]?.target : target.url;
}
