import type {
  DiscoveredServer,
  Settings,
  SilentServer,
} from '../../contract/machine/machine.schema.ts';
import type { Discovery } from '../../shell/discovery/discover-servers.ts';

/** What was found, with the artist's names, and which of the artist's own are silent. */
export interface ListedServers {
  readonly servers: readonly DiscoveredServer[];
  readonly silent: readonly SilentServer[];
}

/** Gives the servers the names that the artist gave them. */
export function nameServers(
  { found, silent }: Discovery,
  { servers = [] }: Pick<Settings, 'servers'>,
): ListedServers {
  const nameOf = (url: string): string | undefined =>
    servers.find((server) => server.url === url)?.name;
  return {
    servers: found.map(({ server }) => {
      const name = nameOf(server.url);
      return name === undefined ? server : { name, ...server };
    }),
    silent: silent.flatMap(({ url, error }) => {
      const name = nameOf(url);
      return name === undefined ? [] : [{ name, url, error }];
    }),
  };
}
