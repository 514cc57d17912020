import { access, constants, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import { describeCard } from '../../../domain/machine/hardware/describe-hardware.ts';
import { describeGpuTrouble } from '../../../domain/machine/hardware/describe-gpu-trouble.ts';
import { toHardwareGpu } from '../../../domain/machine/hardware/derive-hardware.ts';
import { oneLine } from '../../../domain/errors/plain-error.ts';
import type { Host } from '../../create-host.ts';
import { parseComfyTarget } from '../parse-comfy-target.ts';
import type { Terminal } from '../terminal.ts';

/** What `doctor` was called with. */
export interface DoctorOptions {
  readonly comfy: string;
  readonly page: string;
  readonly json?: boolean;
}

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Checks what the product needs and says what is wrong, one line each. */
export async function doctor(
  options: DoctorOptions,
  parts: { readonly host: Host; readonly dataFolder: string; readonly terminal: Terminal },
): Promise<ExitCode> {
  const { host, dataFolder, terminal } = parts;
  const json = options.json === true;
  const target = parseComfyTarget(options.comfy);
  if (!target.ok) return terminal.fail(target.error, json);
  const findings: readonly Finding[] = [
    checkNode(),
    await checkFolder(dataFolder),
    {
      what: 'Page',
      ok: existsSync(join(options.page, 'index.html')),
      detail: `${options.page} (made by npm run build)`,
    },
    {
      what: 'Sessions',
      ok: host.agent.sessions.list().every(({ damage }) => damage === undefined),
      detail: `${String(host.agent.sessions.list().length)} stored`,
    },
    ...(await checkMachine(host)),
    ...(await checkComfy(host, target.value)),
  ];
  if (json) terminal.printJson({ findings });
  else {
    for (const { what, ok, detail } of findings)
      terminal.print(`${ok ? '✓' : '✗'} ${what}: ${detail}`);
  }
  const comfy = findings.find(({ what }) => what === 'ComfyUI');
  if (comfy?.ok === false) return EXIT.comfy;
  return findings.every(({ ok }) => ok) ? EXIT.ok : EXIT.badInput;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 22 || (major === 22 && minor >= 18);
  return { what: 'Node', ok, detail: `${process.versions.node} (22.18 or newer is needed)` };
}

async function checkFolder(folder: string): Promise<Finding> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    const freeGb = (bavail * bsize) / 1e9;
    return {
      what: 'Data folder',
      ok: freeGb > 0.2,
      detail: `${folder}, ${freeGb.toFixed(1)} GB free`,
    };
  } catch {
    return { what: 'Data folder', ok: false, detail: `${folder} cannot be written to` };
  }
}

/** A machine without a card of its own is well: ComfyUI may run on another one. */
async function checkMachine(host: Host): Promise<readonly Finding[]> {
  const { facts, reading } = await host.lookAtMachine();
  const { os, cpu, processors, ramTotal } = facts;
  const memory = `${String(Math.round(ramTotal / 2 ** 30))} GB memory`;
  const machine = `${os}, ${cpu}, ${String(processors)} processors, ${memory}`;
  if (reading.kind === 'unavailable') {
    const { sentence, nextStep } = describeGpuTrouble(reading.trouble);
    const ok = reading.trouble === 'no-tool' || reading.trouble === 'no-card';
    const detail = nextStep === undefined ? sentence : `${sentence} ${nextStep}`;
    return [
      { what: 'Machine', ok: true, detail: machine },
      { what: 'Graphics driver', ok, detail },
    ];
  }
  return [
    { what: 'Machine', ok: true, detail: machine },
    ...reading.gpus.map((gpu) => ({
      what: 'Graphics driver',
      ok: true,
      detail: describeCard(toHardwareGpu(gpu)),
    })),
  ];
}

async function checkComfy(
  host: Host,
  target: Parameters<Host['connect']>[0],
): Promise<readonly Finding[]> {
  await host.connect(target);
  const { connection } = host.agent.workspace.state;
  const { status, url, version, error } = connection;
  const ok = status === 'ready' || status === 'degraded';
  if (!ok) {
    const detail = error === undefined ? 'not connected' : oneLine(error);
    return [{ what: 'ComfyUI', ok: false, detail }];
  }
  const kind = connection.isPractice
    ? 'built-in practice server'
    : `version ${version ?? 'unknown'}`;
  const findings: Finding[] = [{ what: 'ComfyUI', ok, detail: `${url ?? '?'}, ${kind}` }];
  const stats = await host.agent.link.current?.systemStats();
  if (stats?.ok === true) {
    for (const { name, vramTotal, vramFree } of stats.value.devices) {
      const gb = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
      const used = gb(vramTotal - vramFree);
      findings.push({
        what: 'Graphics',
        ok: true,
        detail: `${name}, ${used} of ${gb(vramTotal)} GB in use`,
      });
    }
  }
  return findings;
}
