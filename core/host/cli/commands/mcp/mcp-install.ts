import { resolve } from 'node:path';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { type ClientName, type McpClient, findClient } from '../../../mcp-install/clients.ts';
import {
  type InstallOutcome,
  backupPath,
  installEntry,
  uninstallEntry,
} from '../../../mcp-install/install-client.ts';
import { toEntry } from '../../../mcp-install/to-entry.ts';
import type { Terminal } from '../../terminal.ts';

/** What `mcp install` was called with. */
export interface McpInstallOptions {
  readonly client: ClientName;
  readonly undo?: boolean;
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** Adds Second Unit to a client, or takes it out again. */
export async function installClient(
  options: McpInstallOptions,
  { terminal }: { readonly terminal: Terminal },
): Promise<ExitCode> {
  const client = findClient(options.client);
  const configPath = options.config === undefined ? client.configPath : resolve(options.config);
  const entry = toEntry(client, options.data);
  const edit = options.undo === true ? uninstallEntry : installEntry;
  const outcome = await edit(configPath, client.entryPath, entry);
  if (!outcome.ok) return terminal.fail(outcome.error, options.json === true);
  if (options.json === true) {
    terminal.printJson({ client: options.client, config: configPath, outcome: outcome.value });
  } else {
    for (const line of describe(outcome.value, client, configPath)) terminal.print(line);
  }
  return EXIT.ok;
}

function describe(
  outcome: InstallOutcome,
  { title, afterwards }: McpClient,
  configPath: string,
): readonly string[] {
  switch (outcome) {
    case 'added':
      return [
        `Second Unit was added to ${title} (${configPath}).`,
        afterwards,
        `To take it out again, use the same command with --undo. The settings as they were: ${backupPath(configPath)}`,
      ];
    case 'replaced':
      return [`Second Unit was already in ${title}; its entry is up to date now.`, afterwards];
    case 'unchanged':
      return [`Nothing to do: ${title} is already as asked (${configPath}).`];
    case 'removed':
      return [
        `Second Unit was taken out of ${title}; everything else in ${configPath} stays.`,
        afterwards,
      ];
    case 'restored':
      return [`${title}'s settings are exactly what they were before (${configPath}).`, afterwards];
  }
}
