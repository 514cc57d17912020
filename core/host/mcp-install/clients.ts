import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import type { EntryPath } from './edit-entry.ts';

/** A program that Second Unit can be added to. */
export interface McpClient {
  readonly title: string;
  /** Where it keeps its settings on this machine. */
  readonly configPath: string;
  readonly entryPath: EntryPath;
  /** What the person has to do for it to notice. */
  readonly afterwards: string;
  /** Its entries name the transport. */
  readonly namesType: boolean;
}

/** Names of the clients, as on the command line. */
export const clientNames = ['claude-desktop', 'claude-code', 'cursor', 'vscode'] as const;
export type ClientName = (typeof clientNames)[number];

/** The client of that name on this machine. */
export function findClient(
  name: ClientName,
  environment: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): McpClient {
  const entryName = 'second-unit';
  const programs = programFolder(environment, home);
  switch (name) {
    case 'claude-desktop':
      return {
        title: 'Claude Desktop',
        configPath: join(programs, 'Claude', 'claude_desktop_config.json'),
        entryPath: { group: 'mcpServers', name: entryName },
        afterwards: 'Quit Claude Desktop and open it again.',
        namesType: false,
      };
    case 'claude-code':
      return {
        title: 'Claude Code',
        configPath: join(home, '.claude.json'),
        entryPath: { group: 'mcpServers', name: entryName },
        afterwards: 'Start a new Claude Code session.',
        namesType: true,
      };
    case 'cursor':
      return {
        title: 'Cursor',
        configPath: join(home, '.cursor', 'mcp.json'),
        entryPath: { group: 'mcpServers', name: entryName },
        afterwards: 'Switch Second Unit on under Settings, Tools & MCP.',
        namesType: false,
      };
    case 'vscode':
      return {
        title: 'Visual Studio Code',
        configPath: join(programs, 'Code', 'User', 'mcp.json'),
        entryPath: { group: 'servers', name: entryName },
        afterwards: 'Start Second Unit from the command "MCP: List Servers".',
        namesType: true,
      };
  }
}

function programFolder(environment: NodeJS.ProcessEnv, home: string): string {
  switch (platform()) {
    case 'win32':
      return environment['APPDATA'] ?? join(home, 'AppData', 'Roaming');
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    default:
      return environment['XDG_CONFIG_HOME'] ?? join(home, '.config');
  }
}
