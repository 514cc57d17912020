import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { ExitCode } from '../../domain/errors/exit-codes.ts';
import type { Files } from '../../ports/files.ts';
import { createReceiptRepository } from '../../shell/store/create-receipt-repository.ts';
import type { Host } from '../create-host.ts';
import { defaultDataFolder } from '../folders.ts';
import type { VerifyOptions } from './commands/receipt.ts';
import type { Terminal } from './terminal.ts';

interface ReceiptProgramParts {
  readonly terminal: Terminal;
  readonly files: Files;
  readonly finish: (code: ExitCode) => void;
  readonly withHost: (
    dataFolder: string,
    use: (host: Host) => Promise<ExitCode>,
  ) => Promise<ExitCode>;
}

const json = (): Option => new Option('--json', 'print the result as JSON on stdout');
const data = (): Option => new Option('--data <folder>', 'where sessions and receipts live');

/** Adds `receipt show` and `receipt verify`. */
export function addReceiptCommands(
  program: Command,
  { terminal, files, finish, withHost }: ReceiptProgramParts,
): void {
  const receipt = program
    .command('receipt')
    .description('what a render was made of, and what has changed since');
  const partsOf = (dataFolder: string) => ({
    terminal,
    files,
    receipts: createReceiptRepository(join(dataFolder, 'sessions')),
  });
  receipt
    .command('show')
    .description('print a receipt in words')
    .argument('<file-or-id>', 'a receipt, or the id of a run')
    .addOption(data())
    .addOption(json())
    .action(async (name: string, options: { readonly data?: string; readonly json?: boolean }) => {
      const { showReceipt } = await import('./commands/receipt.ts');
      finish(await showReceipt(name, options, partsOf(options.data ?? defaultDataFolder())));
    });
  receipt
    .command('verify')
    .description('say what has changed since: models, results, nodes, ComfyUI; exit code 8 if so')
    .argument('<file-or-id>', 'a receipt, or the id of a run; results beside the file count')
    .option('--comfy <address>', 'ask this ComfyUI instead of the one that rendered it')
    .addOption(data())
    .addOption(json())
    .action(async (name: string, options: VerifyOptions & { readonly data?: string }) => {
      const dataFolder = options.data ?? defaultDataFolder();
      const { verifyReceipt } = await import('./commands/receipt.ts');
      finish(
        await withHost(dataFolder, (host) =>
          verifyReceipt(name, options, { ...partsOf(dataFolder), host }),
        ),
      );
    });
}
