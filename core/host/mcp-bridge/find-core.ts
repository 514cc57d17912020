import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { readCoreNotice } from './core-notice.ts';
import type { CoreWire, WireEvents } from './create-bridge.ts';
import type { Surface } from '../../mcp/http/wire-names.ts';
import { openWire } from './open-wire.ts';

/** How a bridge finds its core. */
export interface FindCoreParts {
  readonly dataFolder: string;
  readonly surface: Surface;
  /** The command line's own script, which a core without a window is started with. */
  readonly script: string;
  /** More arguments for such a core. */
  readonly coreArguments: readonly string[];
  /** Says something to the person, beside the protocol. */
  readonly note: (line: string) => void;
}

/** How long an app that restarts is waited for before a core without a window takes its place, ms. */
const RESTART_GRACE = 3_000;
/** How long a core may take to come up, ms. */
const START_LIMIT = 15_000;
const LOOK_EVERY = 40;

/** Makes the function that connects to the running core, or starts one and says so. */
export function createCoreFinder(
  parts: FindCoreParts,
): (events: WireEvents) => Promise<CoreWire | undefined> {
  const { dataFolder, surface, script, coreArguments, note } = parts;
  let wasConnected = false;

  const attach = async (events: WireEvents): Promise<CoreWire | undefined> => {
    const notice = await readCoreNotice(dataFolder);
    if (notice === undefined) return undefined;
    const wire = await openWire(notice, surface, events);
    if (wire === undefined) return undefined;
    if (wasConnected) note('Second Unit is back; this client is connected again.');
    else if (notice.kind === 'app') note('Connected to Second Unit.');
    wasConnected = true;
    return wire;
  };
  const attachWithin = async (limit: number, events: WireEvents): Promise<CoreWire | undefined> => {
    const until = performance.now() + limit;
    for (;;) {
      const wire = await attach(events);
      if (wire !== undefined || performance.now() >= until) return wire;
      await wait(LOOK_EVERY);
    }
  };

  return async (events) => {
    const running = await attachWithin(wasConnected ? RESTART_GRACE : 0, events);
    if (running !== undefined) return running;
    if (!existsSync(script)) {
      note('Second Unit is not running. Open the app, then ask again.');
      return undefined;
    }
    note(
      'Second Unit is not open, so its core was started without a window. Changes cannot be accepted until the app is open.',
    );
    spawn(process.execPath, [script, 'mcp', 'core', '--data', dataFolder, ...coreArguments], {
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    }).unref();
    return attachWithin(START_LIMIT, events);
  };
}
