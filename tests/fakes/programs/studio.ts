import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type ArtistClient, createArtistClient } from '../../../core/host/cli/ask/artist-client.ts';
import { type Host, type HostOptions, createHost } from '../../../core/host/create-host.ts';
import { productFolder } from '../../../core/host/folders.ts';
import {
  type PracticeServer,
  createPracticeServer,
} from '../../../core/practice/create-practice-server.ts';

type PracticeOptions = NonNullable<Parameters<typeof createPracticeServer>[0]>;

interface StudioOptions {
  readonly practice: PracticeOptions;
  /** What the artist has open. */
  readonly template?: string;
  /** Done before the core starts. */
  readonly prepare?: (server: PracticeServer) => Promise<void>;
}

/** A core with an artist, connected to a ComfyUI beside it that is no practice server to it; new for each test. */
export interface Studio {
  /** All of it lies in here, and goes with the test. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly server: PracticeServer;
  readonly host: Host;
  readonly artist: ArtistClient;
  /** Another core on the same data folder, connected to nothing; the one before is the caller's to end. */
  readonly startCore: (more?: Partial<HostOptions>) => Promise<void>;
  /** The artist comes to the core: with a new session, or to one that is there. */
  readonly enter: (sessionId?: string) => Promise<void>;
  /** Ends the server, and starts another one with the same files. */
  readonly replaceServer: (options: PracticeOptions) => Promise<void>;
}

/** Sets the studio up before each test of a file. */
export function useStudio({ practice, template, prepare }: StudioOptions): Studio {
  let folder: string;
  let server: PracticeServer;
  let host: Host;
  let artist: ArtistClient;
  const startCore = async (more: Partial<HostOptions> = {}): Promise<void> => {
    host = await createHost({
      dataFolder: join(folder, 'data'),
      templatesFolder: productFolder('resources/templates'),
      appVersion: '1.2.3',
      ...more,
    });
  };
  const enter = async (sessionId?: string): Promise<void> => {
    const client = await createArtistClient(host, 'Shot 010', sessionId);
    if (!client.ok) throw new Error(client.error.code);
    artist = client.value;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'second-unit-studio-'));
    server = await createPracticeServer({ folder: join(folder, 'comfy'), ...practice });
    await prepare?.(server);
    await startCore();
    await host.connect({ url: server.url });
    await enter();
    if (template === undefined) return;
    const source = { kind: 'template', name: template } as const;
    await artist.client.call('workflow/open', { sessionId: artist.sessionId, source });
  });
  afterEach(async () => {
    artist.dispose();
    await host.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    get dataFolder() {
      return join(folder, 'data');
    },
    get server() {
      return server;
    },
    get host() {
      return host;
    },
    get artist() {
      return artist;
    },
    startCore,
    enter,
    replaceServer: async (options) => {
      await server.close();
      server = await createPracticeServer({ folder: server.folder, ...options });
    },
  };
}
