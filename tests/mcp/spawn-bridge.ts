import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLineSplitter } from '../../core/host/mcp-bridge/split-lines.ts';

/** An answer as it came. */
export interface RpcAnswer {
  readonly id?: number | string | null;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** The bridge as a process, spoken to in plain lines: what it costs is not hidden by a client library. */
export interface SpawnedBridge {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  request(method: string, params?: unknown): Promise<RpcAnswer>;
  notify(method: string, params?: unknown): void;
  /** Introduces a client of protocol 2025-11-25; with `saysYes` one whose user accepts all that is asked. */
  initialize(name?: string, saysYes?: boolean): Promise<RpcAnswer>;
  /** Resident memory, MiB; Linux only. */
  residentMiB(): Promise<number>;
  close(): Promise<number | null>;
}

const root = join(import.meta.dirname, '..', '..');

/** Starts the built bridge, or its sources where nothing was built. */
export function spawnBridge(
  dataFolder: string,
  options: { readonly script?: readonly string[]; readonly args?: readonly string[] } = {},
): SpawnedBridge {
  const script = options.script ?? [join(root, 'core/host/mcp-bridge/bridge.ts')];
  const child = spawn(
    process.execPath,
    [...script, '--data', dataFolder, ...(options.args ?? [])],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const waiting = new Map<number, (answer: RpcAnswer) => void>();
  let stderr = '';
  let count = 0;
  const lines = createLineSplitter({
    limit: 64 * 1024 * 1024,
    onLine: (line) => {
      const message = JSON.parse(line) as RpcAnswer & { readonly method?: string };
      if (message.method === 'elicitation/create') {
        send({ id: message.id, result: { action: 'accept', content: { decision: 'accept' } } });
      }
      if (message.method !== undefined || typeof message.id !== 'number') return;
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    },
    onTooLong: () => undefined,
  });
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const send = (message: object): void => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  };
  const request: SpawnedBridge['request'] = (method, params) =>
    new Promise((resolve) => {
      const id = count;
      count += 1;
      waiting.set(id, resolve);
      send({ id, method, ...(params === undefined ? {} : { params }) });
    });
  const notify: SpawnedBridge['notify'] = (method, params) =>
    send({ method, ...(params === undefined ? {} : { params }) });
  return {
    child,
    stderr: () => stderr,
    request,
    notify,
    initialize: async (name = 'plain client', saysYes = false) => {
      const answer = await request('initialize', {
        protocolVersion: '2025-11-25',
        capabilities: saysYes ? { elicitation: { form: {} } } : {},
        clientInfo: { name, version: '1' },
      });
      notify('notifications/initialized');
      return answer;
    },
    residentMiB: async () => {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
    },
    close: async () => {
      child.stdin.end();
      return new Promise((resolve) => {
        if (child.exitCode !== null) resolve(child.exitCode);
        else child.once('exit', resolve);
      });
    },
  };
}
