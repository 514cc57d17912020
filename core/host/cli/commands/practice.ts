import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import { appError } from '../../../contract/errors.ts';
import { createPracticeServer } from '../../../practice/create-practice-server.ts';
import { productFolder } from '../../folders.ts';
import type { Terminal } from '../terminal.ts';

/** What `practice` was called with. */
export interface PracticeOptions {
  readonly port: number;
  readonly folder?: string;
  readonly page?: string;
  readonly stepMs?: number;
  readonly json?: boolean;
}

/** Runs the practice ComfyUI on its own, until stopped. */
export async function practice(
  options: PracticeOptions,
  { terminal, stopped }: { readonly terminal: Terminal; readonly stopped: Promise<void> },
): Promise<ExitCode> {
  const { port } = options;
  const server = await createPracticeServer({
    port,
    templatesDir: productFolder('resources/templates'),
    ...(options.folder === undefined ? {} : { folder: options.folder }),
    ...(options.page === undefined ? {} : { pageDir: options.page }),
    ...(options.stepMs === undefined ? {} : { stepMs: options.stepMs }),
  }).catch((cause: unknown) => {
    // The only expected way to fail; anything else is a bug and ends the command as one.
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') return undefined;
    throw cause;
  });
  if (server === undefined) {
    return terminal.fail(appError('host/port-in-use', { port }), options.json === true);
  }
  if (options.json === true) terminal.printJson({ url: server.url, port: server.port });
  else terminal.print(`Practice ComfyUI at ${server.url} (Ctrl+C stops it).`);
  await stopped;
  await server.close();
  return EXIT.ok;
}
