import { type Command, Option } from 'commander';
import type { ExitCode } from '../../domain/errors/exit-codes.ts';
import type { Host } from '../create-host.ts';
import { defaultDataFolder } from '../folders.ts';
import { type ClientName, clientNames } from '../mcp-install/clients.ts';
import type { McpCoreOptions } from './commands/mcp/mcp-core.ts';
import type { McpInstallOptions } from './commands/mcp/mcp-install.ts';
import type { McpTokenOptions } from './commands/mcp/mcp-token.ts';
import type { Terminal } from './terminal.ts';

interface McpProgramParts {
  readonly terminal: Terminal;
  readonly stopped: () => Promise<void>;
  readonly finish: (code: ExitCode) => void;
  readonly withHost: (
    dataFolder: string,
    use: (host: Host) => Promise<ExitCode>,
  ) => Promise<ExitCode>;
  readonly appVersion: string;
}

const data = (): Option => new Option('--data <folder>', 'where sessions and settings live');
const json = (): Option => new Option('--json', 'print the result as JSON on stdout');

/** Adds `second-unit mcp` and what belongs to it; without a sub-command it is the bridge, which starts before all this. */
export function addMcpCommands(program: Command, parts: McpProgramParts): void {
  const { terminal, stopped, finish, withHost, appVersion } = parts;
  // What follows a sub-command belongs to it, also where both have an option of that name.
  program.enablePositionalOptions();
  const mcp = program
    .command('mcp')
    .description('the stdio bridge for MCP clients such as Claude Desktop; started by them')
    .enablePositionalOptions()
    .option('--surface <name>', 'which tools the client sees: default, full or compact', 'default')
    .option('--comfy <target>', 'for a core that has to be started: "auto", "practice", an address')
    .addOption(data());
  mcp
    .command('install')
    .description("add Second Unit to a client's settings, or take it out again")
    .addOption(
      new Option('--client <name>', 'which client').choices(clientNames).makeOptionMandatory(),
    )
    .option('--undo', 'take it out again')
    .option('--config <file>', "the client's settings, where they are not at the usual place")
    .addOption(data())
    .addOption(json())
    .action(async (options: McpInstallOptions & { readonly client: ClientName }) => {
      const { installClient } = await import('./commands/mcp/mcp-install.ts');
      finish(await installClient(options, { terminal }));
    });
  mcp
    .command('token')
    .description('show where the token for HTTP clients is, or make a new one')
    .option('--rotate', 'make a new one; clients that use the old one are locked out')
    .addOption(data())
    .addOption(json())
    .action(async (options: McpTokenOptions) => {
      const { tokenCommand } = await import('./commands/mcp/mcp-token.ts');
      const dataFolder = options.data ?? defaultDataFolder();
      finish(await tokenCommand(options, { terminal, dataFolder }));
    });
  mcp
    .command('core', { hidden: true })
    .description('a core without a window, for bridges; ends when the last one has gone')
    .option('--comfy <target>', '"auto", "practice", or an address', 'auto')
    .option('--idle-exit <ms>', 'how long it stays when nobody is connected', '10000')
    .addOption(data())
    .action(async (options: McpCoreOptions & { readonly data?: string }) => {
      const dataFolder = options.data ?? defaultDataFolder();
      const { runMcpCore } = await import('./commands/mcp/mcp-core.ts');
      finish(
        await withHost(dataFolder, (host) =>
          runMcpCore(options, { host, dataFolder, terminal, stopped: stopped(), appVersion }),
        ),
      );
    });
}
