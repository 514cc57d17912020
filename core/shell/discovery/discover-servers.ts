import { homedir } from 'node:os';
import type { DiscoveredServer } from '../../contract/machine.schema.ts';
import { parseComfyAddress } from '../comfy/address.ts';
import { createComfyHttp } from '../comfy/create-comfy-http.ts';
import { createComfyRequests } from '../comfy/create-comfy-requests.ts';
import type { Candidate } from './candidate.ts';
import { readConfiguredAddresses } from './read-configs.ts';
import { readRunningAddresses } from './read-processes.ts';

/** A server that answered like ComfyUI, and the address to connect with. */
export interface FoundServer {
  readonly server: DiscoveredServer;
  readonly target: string;
}

/** How far to look. */
export interface DiscoveryOptions {
  /** What the artist named, first choice first. */
  readonly configured: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Everything that does not answer within this many ms is left out. */
  readonly withinMs?: number;
  /** Where else to look; files, processes and the usual ports unless given. */
  readonly sources?: readonly (() => Promise<readonly Candidate[]>)[];
}

const WITHIN_MS = 1_800;
const PORTS: readonly number[] = [
  8188,
  8189,
  8190,
  ...Array.from({ length: 11 }, (_, n) => 8000 + n),
];

/**
 * Asks everywhere at once and lists what answers like ComfyUI: configured first, then environment,
 * files, processes, ports. A port alone proves nothing.
 */
export async function discoverServers(options: DiscoveryOptions): Promise<readonly FoundServer[]> {
  const environment = options.environment ?? process.env;
  const deadline = createDeadline(options.withinMs ?? WITHIN_MS);
  const machine = { platform: process.platform, home: homedir(), environment };
  const sources = options.sources ?? [
    () => readConfiguredAddresses(machine),
    () => readRunningAddresses(),
    async () => usualCandidates(),
  ];
  const named: readonly Candidate[] = [
    ...options.configured.map((url): Candidate => ({ url, source: 'configured' })),
    ...fromEnvironment(environment),
  ];
  const asked = new Map<string, Promise<FoundServer | undefined>>();
  const ask = (candidates: readonly Candidate[]): Promise<readonly (FoundServer | undefined)[]> =>
    Promise.all(
      candidates.map((candidate) => {
        const key = keyOf(candidate.url);
        const asking = asked.get(key) ?? deadline.within(probe(candidate, deadline.over));
        asked.set(key, asking);
        return asking;
      }),
    );
  const groups = await Promise.all([
    ask(named),
    ...sources.map(async (source) => ask((await deadline.within(source())) ?? [])),
  ]);
  deadline.dispose();
  const found = groups.flat().filter((server) => server !== undefined);
  return [...new Map(found.toReversed().map((one) => [keyOf(one.target), one])).values()].reverse();
}

function fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): readonly Candidate[] {
  return ['COMFYUI_URL', 'COMFY_LOCAL_URL'].flatMap((name) => {
    const url = environment[name];
    return url === undefined || url === '' ? [] : [{ url, source: 'environment' as const }];
  });
}

function usualCandidates(): readonly Candidate[] {
  return ['127.0.0.1', '[::1]'].flatMap((host) =>
    PORTS.map((port): Candidate => ({ url: `http://${host}:${String(port)}`, source: 'port' })),
  );
}

async function probe(candidate: Candidate, over: Promise<void>): Promise<FoundServer | undefined> {
  const address = parseComfyAddress(candidate.url);
  if (!address.ok) return undefined;
  const http = createComfyHttp(address.value);
  void over.then(() => http.dispose());
  const requests = createComfyRequests(address.value, http, WITHIN_MS);
  const stats = await requests.systemStats();
  const remaining = stats.ok ? await requests.remaining() : undefined;
  http.dispose();
  if (!stats.ok) return undefined;
  const gpu = stats.value.devices[0]?.name;
  const server: DiscoveredServer = {
    url: address.value.url,
    version: stats.value.comfyVersion,
    source: candidate.source,
    ...(gpu === undefined ? {} : { gpu }),
    ...(remaining?.ok === true ? { queueLength: remaining.value } : {}),
  };
  return { server, target: candidate.url };
}

/** The two loopbacks and their name are one place; the first that answers stands for it. */
function keyOf(url: string): string {
  const address = parseComfyAddress(url);
  if (!address.ok) return url;
  return address.value.url.replace(/\/\/(localhost|\[::1\])(?=[:/]|$)/, '//127.0.0.1');
}

interface Deadline {
  readonly over: Promise<void>;
  within<T>(work: Promise<T>): Promise<T | undefined>;
  dispose(): void;
}

function createDeadline(ms: number): Deadline {
  const end = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => end.resolve(undefined), ms);
  return {
    over: end.promise,
    within: (work) => Promise.race([work, end.promise]),
    dispose: () => {
      clearTimeout(timer);
      end.resolve(undefined);
    },
  };
}
