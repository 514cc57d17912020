import { homedir } from 'node:os';
import type { DiscoveredServer } from '../../contract/machine/machine.schema.ts';
import type { Result } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { ServerAccess } from '../../ports/server-access.ts';
import { parseComfyAddress } from '../comfy/address.ts';
import type { Candidate } from './candidate.ts';
import { probeServer } from './probe-server.ts';
import { readConfiguredAddresses } from './read-configs.ts';
import { readRunningAddresses } from './read-processes.ts';

/** A server that answered like ComfyUI, and the address to connect with. */
export interface FoundServer {
  readonly server: DiscoveredServer;
  readonly target: string;
}

/** What answered, first choice first, and which of the named ones did not. */
export interface Discovery {
  readonly found: readonly FoundServer[];
  readonly silent: readonly { readonly url: string; readonly error: AppError }[];
}

/** How far to look. */
export interface DiscoveryOptions {
  /** What the artist named, first choice first. */
  readonly configured: readonly string[];
  /** What lets us in at an address; nothing unless given. */
  readonly accessTo?: (url: string) => Promise<ServerAccess | undefined>;
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
export async function discoverServers(options: DiscoveryOptions): Promise<Discovery> {
  const environment = options.environment ?? process.env;
  const deadline = createDeadline(options.withinMs ?? WITHIN_MS);
  const machine = { platform: process.platform, home: homedir(), environment };
  const sources = options.sources ?? [
    () => readConfiguredAddresses(machine),
    () => readRunningAddresses(),
    async () => usualCandidates(),
  ];
  const configured = options.configured.map((url): Candidate => ({ url, source: 'configured' }));
  const asked = new Map<string, Promise<Answer | undefined>>();
  const ask = (candidates: readonly Candidate[]): Promise<readonly (Answer | undefined)[]> =>
    Promise.all(
      candidates.map((candidate) => {
        const key = keyOf(candidate.url);
        const asking = asked.get(key) ?? deadline.within(probe(candidate, options, deadline.over));
        asked.set(key, asking);
        return asking;
      }),
    );
  const [ours, ...others] = await Promise.all([
    ask(configured),
    ask(fromEnvironment(environment)),
    ...sources.map(async (source) => ask((await deadline.within(source())) ?? [])),
  ]);
  deadline.dispose();
  const found = [ours, ...others].flat().flatMap((answer) => {
    if (answer?.server.ok !== true) return [];
    return [{ server: answer.server.value, target: answer.target }];
  });
  return {
    found: [
      ...new Map(found.toReversed().map((one) => [keyOf(one.target), one])).values(),
    ].reverse(),
    silent: configured.flatMap(({ url }, at) => {
      const answer = ours[at];
      const late = appError('comfy/unreachable', { url, reason: 'nobody answered' });
      if (answer === undefined) return [{ url, error: late }];
      return answer.server.ok ? [] : [{ url, error: answer.server.error }];
    }),
  };
}

interface Answer {
  readonly target: string;
  readonly server: Result<DiscoveredServer, AppError>;
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

async function probe(
  candidate: Candidate,
  { accessTo }: DiscoveryOptions,
  over: Promise<void>,
): Promise<Answer> {
  const { url: target } = candidate;
  const access = await accessTo?.(target);
  return { target, server: await probeServer(candidate, { access, timeoutMs: WITHIN_MS, over }) };
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
