import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, type CommanderError, Option } from 'commander';
import { EXIT, type ExitCode, exitMeanings } from '../../domain/errors/exit-codes.ts';
import { createComfyCli } from '../../shell/comfy-cli/create-comfy-cli.ts';
import { createFiles } from '../../shell/system/create-files.ts';
import { toWriteError } from '../../shell/system/file-error.ts';
import type { Host } from '../create-host.ts';
import { defaultDataFolder, productFolder } from '../folders.ts';
import type { ComfyAction } from './commands/comfy.ts';
import type { AskOptions } from './commands/ask.ts';
import type { ApplyOptions } from './commands/workflows/apply.ts';
import type { ConvertOptions } from './commands/workflows/convert.ts';
import type { DiffOptions } from './commands/workflows/diff.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import type { ExplainOptions } from './commands/explain.ts';
import type { MergeOptions } from './commands/workflows/merge.ts';
import type { PracticeOptions } from './commands/practice.ts';
import type { ReadyOptions } from './commands/workflows/ready.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { ValidateOptions } from './commands/workflows/validate.ts';
import { addMcpCommands } from './mcp-program.ts';
import { parseCount, parseMilliseconds, parsePort } from './parse-number.ts';
import { addReceiptCommands } from './receipt-program.ts';
import type { Terminal } from './terminal.ts';

interface ProgramParts {
  readonly terminal: Terminal;
  /** Resolves when the process was asked to stop; who does not ask for it is ended at once. */
  readonly stopped: () => Promise<void>;
  readonly finish: (code: ExitCode) => void;
}

interface HostFlags {
  readonly data?: string;
  readonly stepMs?: number;
  readonly json?: boolean;
  readonly filesFolder?: string;
}

const json = (): Option => new Option('--json', 'print the result as JSON on stdout');
const objectInfo = (): Option =>
  new Option('--object-info <file>', "a saved /object_info; without it ComfyUI's own classes");
const catalogComfy = (): Option =>
  new Option('--comfy <address>', 'take the node classes from this ComfyUI');
const comfy = (): Option =>
  new Option('--comfy <target>', '"auto", "practice", or an address').default('auto');
const data = (): Option => new Option('--data <folder>', 'where sessions and settings live');
const stepMs = (): Option =>
  new Option('--step-ms <number>', 'practice ComfyUI only: ms per sampler step').argParser(
    parseMilliseconds,
  );
const port = (usual: number): Option =>
  new Option('--port <number>', 'port on 127.0.0.1; 0 takes any free one')
    .argParser(parsePort)
    .default(usual);
const page = (): Option =>
  new Option('--page <folder>', 'the built page').default(productFolder('out/renderer'));

/** The terminal commands; every one ends in a documented exit code. */
export function createProgram({ terminal, stopped, finish }: ProgramParts): Command {
  const files = createFiles();
  const program = new Command('second-unit')
    .description('A co-pilot for artists who work in ComfyUI.')
    .version(readVersion())
    .showHelpAfterError('(see --help)')
    .addHelpText('after', exitCodeHelp())
    .configureOutput({ writeErr: (text) => terminal.note(text.trimEnd()) });

  program
    .command('serve')
    .description('browser mode: the co-pilot and its page on this machine, until Ctrl+C')
    .addOption(port(4177))
    .addOption(comfy())
    .addOption(page())
    .addOption(data())
    .addOption(stepMs())
    .addOption(json())
    .action(async (options: ServeOptions & HostFlags) => {
      const dataFolder = options.data ?? defaultDataFolder();
      const { retireHeadlessCore } = await import('../mcp-bridge/announce-core.ts');
      await retireHeadlessCore(dataFolder);
      finish(
        await withHost(
          terminal,
          dataFolder,
          { ...options, filesFolder: join(dataFolder, 'workflows') },
          async (host) =>
            (await import('./commands/serve.ts')).serveBrowser(options, {
              host,
              appVersion: readVersion(),
              dataFolder,
              terminal,
              stopped: stopped(),
            }),
        ),
      );
    });
  program
    .command('ask')
    .description(
      'one message: proposes a change, applies it with your yes, renders, checks the result',
    )
    .argument('<message>', 'what you want, e.g. "30 steps and make it 16:9"')
    .option('--workflow <file>', 'a workflow (.json), or a picture that carries one')
    .addOption(comfy())
    .option('--yes', 'accept what is proposed')
    .option('--out <folder>', 'copy the pictures here')
    .option('--receipt', 'also write a receipt of each render, beside the copies of its pictures')
    .option('--save <file>', 'save the changed workflow here')
    .option('--no-run', 'change only, render nothing')
    .addOption(stepMs())
    .addOption(data())
    .addOption(json())
    .action(async (message: string, options: AskOptions & HostFlags) => {
      const isUnwanted = stopped();
      const temporary = options.data ?? (await mkdtemp(join(tmpdir(), 'second-unit-')));
      try {
        const code = await withHost(terminal, temporary, options, async (host) =>
          (await import('./commands/ask.ts')).ask(message, options, {
            host,
            terminal,
            files,
            stopped: isUnwanted,
          }),
        );
        finish(code);
      } finally {
        if (options.data === undefined) await rm(temporary, { recursive: true, force: true });
      }
    });
  program
    .command('convert')
    .description('print the execution payload that ComfyUI gets for a workflow')
    .argument('<files...>', 'workflows (.json) or pictures')
    .addOption(objectInfo())
    .addOption(catalogComfy())
    .option('--save-format', "as ComfyUI's page saves it instead, laid out from left to right")
    .option('--out-dir <folder>', 'write one file per input instead')
    .addOption(json())
    .action(async (paths: string[], options: ConvertOptions) => {
      const { convert } = await import('./commands/workflows/convert.ts');
      finish(await convert(paths, options, { terminal, files }));
    });
  program
    .command('diff')
    .description('say what differs between two workflows')
    .argument('<before>')
    .argument('<after>')
    .addOption(new Option('--markdown', 'as a Markdown list').conflicts(['json', 'mermaid']))
    .addOption(new Option('--mermaid', 'as a Mermaid flowchart').conflicts('json'))
    .addOption(
      new Option(
        '--script',
        'as the fewest edits that lead from the first to the second, for apply',
      ).conflicts(['json', 'markdown', 'mermaid']),
    )
    .addOption(objectInfo())
    .addOption(catalogComfy())
    .addOption(json())
    .action(async (before: string, after: string, options: DiffOptions) => {
      const { diff } = await import('./commands/workflows/diff.ts');
      finish(await diff(before, after, options, { terminal, files }));
    });
  program
    .command('merge')
    .description('merge two versions of a workflow; what clashes is said, and OURS is kept there')
    .argument('<base>', 'the workflow that both began with')
    .argument('<ours>')
    .argument('<theirs>')
    .option('--out <file>', 'write the merged workflow here instead of printing it')
    .addOption(objectInfo())
    .addOption(catalogComfy())
    .addOption(json())
    .action(async (base: string, ours: string, theirs: string, options: MergeOptions) => {
      const { merge } = await import('./commands/workflows/merge.ts');
      finish(await merge([base, ours, theirs], options, { terminal, files }));
    });
  program
    .command('apply')
    .description('apply edits to a workflow, all or none, and say what changed')
    .argument(
      '<ops>',
      'a .json file: a list of ops, {"intent", "ops"}, or what diff --script prints',
    )
    .requiredOption('--workflow <file>', 'the workflow (.json), or a picture that carries one')
    .option('--out <file>', 'write the changed workflow here')
    .addOption(objectInfo())
    .addOption(catalogComfy())
    .addOption(json())
    .action(async (ops: string, options: ApplyOptions) => {
      const { apply } = await import('./commands/workflows/apply.ts');
      finish(await apply(ops, options, { terminal, files }));
    });
  program
    .command('validate')
    .description('say what a ComfyUI would refuse, without queuing anything')
    .argument('<files...>', 'workflows (.json) or pictures')
    .addOption(objectInfo())
    .addOption(catalogComfy())
    .addOption(json())
    .action(async (paths: string[], options: ValidateOptions) => {
      const { validate } = await import('./commands/workflows/validate.ts');
      finish(await validate(paths, options, { terminal, files }));
    });
  program
    .command('ready')
    .description('say whether a workflow would run, what it lacks, and what would make it run')
    .argument('<files...>', 'workflows (.json) or pictures')
    .addOption(objectInfo())
    .option('--comfy <target>', 'would it run on this ComfyUI? "auto", "practice", or an address')
    .option('--ops <file>', 'write the edits that would help here, for `apply`')
    .addOption(data())
    .addOption(json())
    .action(async (paths: string[], options: ReadyOptions & HostFlags) => {
      const { ready } = await import('./commands/workflows/ready.ts');
      const dataFolder = options.data ?? defaultDataFolder();
      finish(
        await ready(paths, options, {
          terminal,
          files,
          withHost: (use) => withHost(terminal, dataFolder, options, use),
        }),
      );
    });
  program
    .command('explain')
    .description('say what a log, an error or an answer of ComfyUI means, and what to do')
    .argument('<file>', 'a log, an error, history or answer as JSON; "-" reads standard input')
    .option('--workflow <file>', 'the workflow it is about, for the names of its nodes')
    .addOption(objectInfo())
    .addOption(catalogComfy())
    .option('--raw', 'also show what was said, without folders and secrets')
    .addOption(json())
    .action(async (path: string, options: ExplainOptions) => {
      const { explain } = await import('./commands/explain.ts');
      finish(await explain(path, options, { terminal, files }));
    });
  program
    .command('practice')
    .description('run the practice ComfyUI on its own, until Ctrl+C')
    .addOption(port(8188))
    .option('--folder <folder>', 'keep its input, output and user files here')
    .option('--page <folder>', "static files of ComfyUI's own page, served at /")
    .addOption(stepMs())
    .addOption(json())
    .action(async (options: PracticeOptions) => {
      const { practice } = await import('./commands/practice.ts');
      finish(await practice(options, { terminal, stopped: stopped() }));
    });
  program
    .command('doctor')
    .description('check what Second Unit needs, and say what is wrong')
    .addOption(comfy())
    .addOption(page())
    .addOption(data())
    .addOption(json())
    .action(async (options: DoctorOptions & HostFlags) => {
      const dataFolder = options.data ?? defaultDataFolder();
      finish(
        await withHost(terminal, dataFolder, options, async (host) =>
          (await import('./commands/doctor.ts')).doctor(options, { host, dataFolder, terminal }),
        ),
      );
    });
  program
    .command('servers')
    .description('list every ComfyUI that answers on this machine')
    .addOption(data())
    .addOption(json())
    .action(async (options: HostFlags) => {
      const { listServers } = await import('./commands/servers.ts');
      finish(
        await withHost(terminal, options.data ?? defaultDataFolder(), options, async (host) =>
          listServers(options, {
            terminal,
            discover: () => host.discover(),
            comfyCli: createComfyCli(),
          }),
        ),
      );
    });
  const ofComfy = program
    .command('comfy')
    .description('the ComfyUI of this machine, through comfy-cli: which, start, stop, logs');
  for (const [action, says] of Object.entries(comfyActions)) {
    const command = ofComfy.command(action).description(says).addOption(json());
    if (action === 'logs') {
      command.option('--lines <number>', 'how many of the last lines', parseCount, 100);
    }
    command.action(async (options: { readonly json?: boolean; readonly lines?: number }) => {
      const { comfy: askComfy } = await import('./commands/comfy.ts');
      finish(await askComfy(action as ComfyAction, options, { terminal, cli: createComfyCli() }));
    });
  }
  addReceiptCommands(program, {
    terminal,
    files,
    finish,
    withHost: (dataFolder, use) => withHost(terminal, dataFolder, {}, use),
  });
  addMcpCommands(program, {
    terminal,
    stopped,
    finish,
    appVersion: readVersion(),
    withHost: (dataFolder, use) => withHost(terminal, dataFolder, {}, use),
  });
  for (const command of withSubcommands(program)) {
    command.exitOverride((error: CommanderError) => {
      finish(error.exitCode === 0 ? EXIT.ok : EXIT.badInput);
      throw error;
    });
  }
  return program;
}

const comfyActions = {
  which: 'say which ComfyUI it would start',
  start: 'start it in the background; ready when this ends',
  stop: 'stop the one that it started, with whatever that renders',
  logs: 'print the end of its log',
} as const satisfies Record<ComfyAction, string>;

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

async function withHost(
  terminal: Terminal,
  dataFolder: string,
  flags: HostFlags,
  use: (host: Host) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    await mkdir(dataFolder, { recursive: true });
  } catch (cause) {
    return terminal.fail(toWriteError(cause, dataFolder), flags.json === true);
  }
  const { createHost } = await import('../create-host.ts');
  const host = await createHost({
    dataFolder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: readVersion(),
    ...(flags.stepMs === undefined ? {} : { practiceStepMs: flags.stepMs }),
    ...(flags.filesFolder === undefined ? {} : { filesFolder: flags.filesFolder }),
  });
  try {
    return await use(host);
  } finally {
    await host.close();
  }
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(productFolder('package.json'), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}

function exitCodeHelp(): string {
  const rows = Object.entries(exitMeanings).map(
    ([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`,
  );
  return `\nExit codes:\n${rows.join('\n')}`;
}
