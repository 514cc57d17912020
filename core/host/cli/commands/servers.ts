import type { DiscoveredServer, SilentServer } from '../../../contract/machine/machine.schema.ts';
import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import { oneLine } from '../../../domain/errors/plain-error.ts';
import type { ListedServers } from '../../servers/name-servers.ts';
import type { ComfyCli } from '../../../ports/comfy-cli.ts';
import { describeInstall } from './comfy.ts';
import type { Terminal } from '../terminal.ts';

/** Lists every ComfyUI that answers on this machine and at the named addresses. */
export async function listServers(
  { json = false }: { readonly json?: boolean },
  parts: {
    readonly discover: () => Promise<ListedServers>;
    readonly terminal: Terminal;
    readonly comfyCli: Pick<ComfyCli, 'which'>;
  },
): Promise<ExitCode> {
  const { discover, terminal, comfyCli } = parts;
  const [{ servers, silent }, which] = await Promise.all([discover(), comfyCli.which()]);
  const install = which.ok ? which.value : undefined;
  if (json) terminal.printJson({ servers, silent, comfyCli: install ?? null });
  else {
    for (const line of describeServers(servers)) terminal.print(line);
    for (const line of silent.map(describeSilent)) terminal.print(line);
    if (install !== undefined) {
      terminal.print(`${describeInstall(install)} (second-unit comfy start)`);
    }
  }
  return EXIT.ok;
}

/** One line per server. */
function describeServers(servers: readonly DiscoveredServer[]): readonly string[] {
  if (servers.length === 0) {
    return ['No ComfyUI answers here. Start it, or use the practice one: second-unit practice'];
  }
  return servers.map(({ name, url, version, gpu, queueLength, pingMs, source }) =>
    [
      name === undefined ? url : `${name} (${url})`,
      version === '' ? 'version unknown' : `version ${version}`,
      gpu ?? 'no graphics card named',
      queueLength === undefined ? 'queue unknown' : `${String(queueLength)} in the queue`,
      ...(pingMs === undefined ? [] : [`answers in ${String(pingMs)} ms`]),
      sources[source],
    ].join(' · '),
  );
}

function describeSilent({ name, url, error }: SilentServer): string {
  return `${name} (${url}) · ${oneLine(error)}`;
}

const sources: Readonly<Record<DiscoveredServer['source'], string>> = {
  configured: 'from the settings',
  environment: 'from the environment',
  'comfy-cli': 'started by comfy-cli',
  desktop: 'the desktop app',
  process: 'a running program',
  port: 'found at its usual port',
};
