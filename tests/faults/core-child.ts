import { createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import { driveSession, nodes } from './driven-session.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What a core under fire tells, one JSON line each; a line is what its artist was told. */
export type ChildLine =
  | { readonly kind: 'loaded'; readonly sessionId: string; readonly standing: Standing }
  | { readonly kind: 'accepted'; readonly changeSetId: string }
  | { readonly kind: 'queued'; readonly promptId: string }
  | { readonly kind: 'settled'; readonly standing: Standing };

/** Where everything in the session stands. */
export interface Standing {
  readonly changeSets: Readonly<Record<string, string>>;
  readonly runs: Readonly<Record<string, string>>;
}

const [dataFolder = '', url = '', mode = 'work', seed = '1', sessionId] = process.argv.slice(2);
const OPEN_RUNS = 3;

const random = createSeededRandom(Number(seed));
const host = await createHost({
  dataFolder,
  templatesFolder: productFolder('resources/templates'),
  appVersion: 'faults',
});
const connecting = host.connect({ url });
// Opened before it is connected as often as after, as an impatient artist would.
if (mode === 'settle' || sessionId === undefined || random() < 0.5) await connecting;
const session = await driveSession(host, sessionId);
say({ kind: 'loaded', sessionId: session.sessionId, standing: standing() });
await connecting;
if (mode === 'settle') {
  await session.settled();
  say({ kind: 'settled', standing: standing() });
  await host.close();
} else await work();

/** Changes, renders and stops runs until somebody ends the process. */
async function work(): Promise<void> {
  for (;;) {
    const changeSetId = await session.change([
      {
        op: 'set_widget',
        nodeId: nodes.resize,
        widget: 'width',
        value: 64 + Math.floor(random() * 900),
      },
      // Every fifth run fails in its last node: a path outside the output folder.
      {
        op: 'set_widget',
        nodeId: nodes.save,
        widget: 'filename_prefix',
        value: random() < 0.2 ? '../outside' : `faults/${String(Math.floor(random() * 1e9))}`,
      },
    ]);
    if (changeSetId !== undefined) say({ kind: 'accepted', changeSetId });
    const promptId = await session.render();
    if (promptId === undefined) continue;
    say({ kind: 'queued', promptId });
    if (random() < 0.25) await session.cancel(promptId);
    const open = session.state.runs.filter(({ endedAt }) => endedAt === undefined);
    if (open.length >= OPEN_RUNS) await session.settled();
  }
}

function standing(): Standing {
  const { changeSets, runs } = session.state;
  return {
    changeSets: Object.fromEntries(changeSets.map((item) => [item.changeSetId, item.status])),
    runs: Object.fromEntries(runs.map((run) => [run.promptId, run.status])),
  };
}

function say(line: ChildLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
