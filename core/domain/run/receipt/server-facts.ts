import type { SystemStats } from '../../../contract/machine/machine.schema.ts';
import type { ReceiptServer } from '../../../contract/run/receipt.schema.ts';
import { redactPaths, redactSecrets } from '../../failure/redact-text.ts';

const HIDDEN = '[hidden]';
const SECRET_FLAG = /^--[\w-]*(?:token|password|passwd|secret|credential|auth|api[-_]?key)[\w-]*$/i;

/** What a receipt says of the server; without `stats` only its name is known. */
export function toReceiptServer(name: string, stats: SystemStats | undefined): ReceiptServer {
  if (stats === undefined) return { name, devices: [] };
  return {
    name,
    comfyVersion: stats.comfyVersion,
    pythonVersion: stats.pythonVersion,
    torchVersion: stats.torchVersion,
    os: stats.os,
    flags: stripFlags(stats.arguments),
    devices: stats.devices.map((device) => ({ name: device.name, vramTotal: device.vramTotal })),
  };
}

/**
 * The flags that ComfyUI was started with, without its script, without folders (which name the user) and
 * without anything that lets somebody in.
 */
export function stripFlags(argv: readonly string[]): readonly string[] {
  let isValueSecret = false;
  return argv.slice(argv[0]?.startsWith('-') === false ? 1 : 0).map((argument) => {
    const [flag, value] = splitFlag(argument);
    const wasSecret = isValueSecret;
    isValueSecret = SECRET_FLAG.test(flag) && value === undefined;
    if (!argument.startsWith('--')) return wasSecret ? HIDDEN : withoutPaths(argument);
    if (value === undefined) return flag;
    return `${flag}=${SECRET_FLAG.test(flag) ? HIDDEN : withoutPaths(value)}`;
  });
}

/** Splits "--flag=value"; the value is undefined when it follows as an argument of its own. */
export function splitFlag(argument: string): readonly [flag: string, value: string | undefined] {
  const cut = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return cut < 0 ? [argument, undefined] : [argument.slice(0, cut), argument.slice(cut + 1)];
}

function withoutPaths(text: string): string {
  return redactPaths(redactSecrets(text));
}
