import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { defaultDataFolder, productFolder } from '../folders.ts';
import { type Surface, parseSurface, surfaces } from '../../mcp/http/wire-names.ts';
import { writeTogether } from '../../mcp/http/write-together.ts';
import { createBridge } from './create-bridge.ts';
import { createCoreFinder } from './find-core.ts';
import { toErrorLine } from './json-rpc.ts';
import { createLineSplitter } from './split-lines.ts';

/** As large as the server takes over HTTP. */
const LINE_LIMIT = 4 * 1024 * 1024;
/** How long answers are waited for after the client has stopped sending, ms. */
const LAST_ANSWERS = 5_000;

/** True when the arguments ask for the bridge itself rather than for one of its sub-commands. */
export function isBridgeCall(args: readonly string[]): boolean {
  const [command, next] = args;
  return command === 'mcp' && (next === undefined || (next.startsWith('-') && !isHelp(next)));
}

/** The bridge on this process's stdin and stdout, until the client hangs up. Resolves to the exit code. */
export async function runBridge(args: readonly string[]): Promise<number> {
  // It hands lines on: what the last of the compilers would win here is less than the 5 MB that it takes.
  setFlagsFromString('--no-turbofan');
  const note = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const options = readOptions(args);
  if (typeof options === 'string') {
    note(options);
    return 2;
  }
  const { dataFolder, surface, comfy } = options;
  const bridge = createBridge({
    connect: createCoreFinder({
      dataFolder,
      surface,
      script: productFolder('core/host/cli/second-unit.ts'),
      coreArguments: comfy === undefined ? [] : ['--comfy', comfy],
      note,
    }),
    write: (line) => void writeTogether(process.stdout, `${line}\n`),
    hold: (isHeld) => {
      if (isHeld) process.stdin.pause();
      else process.stdin.resume();
    },
  });
  bridge.open();
  const lines = createLineSplitter({
    limit: LINE_LIMIT,
    onLine: (line) => bridge.push(line),
    onTooLong: () =>
      process.stdout.write(`${toErrorLine(null, -32600, 'A message may hold 4 MiB at most.')}\n`),
  });
  process.stdout.on('error', () => process.stdin.destroy());
  process.stdin.on('data', (chunk: Buffer) => lines.push(chunk));
  await new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve());
    }
  });
  lines.push(Buffer.from('\n'));
  await Promise.race([
    bridge.settled(),
    new Promise((resolve) => setTimeout(resolve, LAST_ANSWERS).unref()),
  ]);
  bridge.close();
  process.stdin.destroy();
  return 0;
}

interface BridgeOptions {
  readonly dataFolder: string;
  readonly surface: Surface;
  readonly comfy: string | undefined;
}

/** The options, or a sentence about what is wrong with them. */
function readOptions(args: readonly string[]): BridgeOptions | string {
  try {
    const { values } = parseArgs({
      args: args.slice(1),
      options: {
        data: { type: 'string' },
        surface: { type: 'string', default: 'default' },
        comfy: { type: 'string' },
      },
    });
    const surface = parseSurface(values.surface);
    if (surface === undefined) return `There is no surface "${values.surface}": ${list(surfaces)}.`;
    return { surface, dataFolder: values.data ?? defaultDataFolder(), comfy: values.comfy };
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'The options cannot be read.';
  }
}

function list(names: readonly string[]): string {
  return names.join(', ');
}

function isHelp(option: string): boolean {
  return option === '--help' || option === '-h';
}
