import type {
  DiscoveredServer,
  Server,
  SilentServer,
} from '../../../core/contract/machine/machine.schema.ts';
import { artistMessage } from '../../../core/domain/errors/artist-message.ts';
import { toCardName } from '../../../core/domain/machine/hardware/device-name.ts';
import type { AppError } from '../../../core/contract/errors.ts';

/** One line of the list of servers. */
export interface ServerRow {
  readonly url: string;
  readonly name?: string;
  /** Version, card, queue and answering time, or what is wrong. */
  readonly about: string;
  readonly error?: AppError;
  /** In the artist's own list, so that it can be edited. */
  readonly isNamed: boolean;
  readonly isCurrent: boolean;
}

/** What is known about the servers: the artist's list first, then what else was found. */
export function toServerRows(
  known: readonly Server[],
  listed:
    | { readonly servers: readonly DiscoveredServer[]; readonly silent: readonly SilentServer[] }
    | undefined,
  currentUrl: string | undefined,
): readonly ServerRow[] {
  const own = known.map(({ name, url }): ServerRow => {
    const answering = listed?.servers.find((server) => server.url === url);
    const silent = listed?.silent.find((server) => server.url === url);
    const row = { url, name, isNamed: true, isCurrent: url === currentUrl };
    if (answering !== undefined) return { ...row, about: describeServer(answering) };
    if (silent === undefined) return { ...row, about: listed === undefined ? 'Looking…' : '' };
    return { ...row, about: artistMessage(silent.error).title, error: silent.error };
  });
  const found = (listed?.servers ?? [])
    .filter(({ url }) => !known.some((server) => server.url === url))
    .map((server): ServerRow => ({
      url: server.url,
      about: describeServer(server),
      isNamed: false,
      isCurrent: server.url === currentUrl,
    }));
  return [...own, ...found];
}

/** "ComfyUI 0.3.64 · RTX 4090 · 2 in the queue · answers in 12 ms". */
export function describeServer({ version, gpu, queueLength, pingMs }: DiscoveredServer): string {
  return [
    version === '' ? 'ComfyUI' : `ComfyUI ${version}`,
    ...(gpu === undefined ? [] : [toCardName(gpu)]),
    ...(queueLength === undefined ? [] : [describeQueue(queueLength)]),
    ...(pingMs === undefined ? [] : [`answers in ${String(Math.max(1, Math.round(pingMs)))} ms`]),
  ].join(' · ');
}

function describeQueue(length: number): string {
  if (length === 0) return 'nothing in the queue';
  return `${String(length)} in the queue`;
}
