import type { MessagePortMain } from 'electron';

/** The part of Electron's `UtilityProcess` that supervising needs. */
export interface ChildProcess {
  on(event: 'spawn', listener: () => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  postMessage(message: unknown, transfer: MessagePortMain[]): void;
  kill(): boolean;
}

/** What supervising needs of the outside world. */
export interface CoreProcessParts {
  fork(): ChildProcess;
  createChannel(): { readonly port1: MessagePortMain; readonly port2: MessagePortMain };
  now(): number;
  after(ms: number, callback: () => void): void;
  onExit(code: number): void;
  /** What the core is told when it asks for something; undefined when it does not. */
  answer?(message: unknown): unknown;
}

/** The core in its own process: started again whenever it dies, so that the window only loses a moment. */
export interface CoreProcess {
  /** Hands one end of a fresh channel to the core and the other to `deliver`, as soon as the core runs. */
  connect(deliver: (port: MessagePortMain) => void): void;
  /** Lets the core finish writing, then ends it; `onStopped` is called once it is gone. */
  stop(onStopped: () => void): void;
}

/** A core that has not written everything by then is ended. */
const STOP_MS = 3_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
/** A core that ran this long died of something new: the next start is quick again. */
const STEADY_MS = 60_000;

/** Milliseconds before start number `attempt` (1 is the first restart). */
export function restartDelay(attempt: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
}

/** Starts the core and keeps it running until stopped. */
export function createCoreProcess(parts: CoreProcessParts): CoreProcess {
  let child: ChildProcess | undefined;
  let isRunning = false;
  let onStopped: (() => void) | undefined;
  let attempt = 0;
  const waiting: ((port: MessagePortMain) => void)[] = [];

  const hand = (core: ChildProcess, deliver: (port: MessagePortMain) => void): void => {
    const { port1, port2 } = parts.createChannel();
    core.postMessage({ type: 'connect', role: 'artist' }, [port1]);
    deliver(port2);
  };
  const start = (): void => {
    if (onStopped !== undefined) return;
    const startedAt = parts.now();
    const core = parts.fork();
    child = core;
    core.on('spawn', () => {
      isRunning = true;
      for (const deliver of waiting.splice(0)) hand(core, deliver);
    });
    core.on('message', (message) => {
      const answer = parts.answer?.(message);
      if (answer !== undefined) core.postMessage(answer, []);
    });
    core.on('exit', (code) => {
      isRunning = false;
      if (onStopped !== undefined) {
        onStopped();
        return;
      }
      parts.onExit(code);
      attempt = parts.now() - startedAt > STEADY_MS ? 1 : attempt + 1;
      parts.after(restartDelay(attempt), start);
    });
  };

  start();
  return {
    connect: (deliver) => {
      if (child !== undefined && isRunning) hand(child, deliver);
      else waiting.push(deliver);
    },
    stop: (whenStopped) => {
      if (child === undefined || !isRunning) {
        // Its exit is no news any more.
        onStopped = () => undefined;
        child?.kill();
        whenStopped();
        return;
      }
      onStopped = whenStopped;
      const core = child;
      core.postMessage({ type: 'stop' }, []);
      parts.after(STOP_MS, () => core.kill());
    },
  };
}
