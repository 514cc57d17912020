import { toWriteError } from '../../../../shell/system/file-error.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { mcpTokenPath, readOrMakeMcpToken, rotateMcpToken } from '../../../mcp-token.ts';
import type { Terminal } from '../../terminal.ts';

/** What `mcp token` was called with. */
export interface McpTokenOptions {
  readonly rotate?: boolean;
  readonly data?: string;
  readonly json?: boolean;
}

/** Says where the token is, or makes a new one. The token itself is not printed: terminals keep what they show. */
export async function tokenCommand(
  options: McpTokenOptions,
  { terminal, dataFolder }: { readonly terminal: Terminal; readonly dataFolder: string },
): Promise<ExitCode> {
  const path = mcpTokenPath(dataFolder);
  const json = options.json === true;
  try {
    await (options.rotate === true ? rotateMcpToken(dataFolder) : readOrMakeMcpToken(dataFolder));
  } catch (cause) {
    return terminal.fail(toWriteError(cause, path), json);
  }
  if (json) {
    terminal.printJson({ file: path, rotated: options.rotate === true });
    return EXIT.ok;
  }
  if (options.rotate === true) {
    terminal.print('There is a new token. Clients over HTTP need it; those over stdio find it.');
  }
  terminal.print(`The token is in ${path}`);
  return EXIT.ok;
}
