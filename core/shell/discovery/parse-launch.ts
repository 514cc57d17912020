/** Where a server of these launch arguments listens; ComfyUI's default port is 8188. */
export function addressOfLaunch(args: readonly string[]): string | undefined {
  const main = args.findIndex((argument) => /(^|[\\/])main\.py$/.test(argument));
  if (main < 0) return undefined;
  const port = valueOf(args, '--port') ?? '8188';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return undefined;
  const scheme = valueOf(args, '--tls-keyfile') === undefined ? 'http' : 'https';
  return `${scheme}://${reachableHost(valueOf(args, '--listen'))}:${port}`;
}

/** Splits a command line as `ps` prints it: blanks part, quotes hold together. */
export function splitCommandLine(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** The address in comfy-cli's record of its background server, e.g. "('127.0.0.1', 8188, 4711)". */
export function addressOfBackground(record: string): string | undefined {
  const found = /^\(\s*'([^']+)'\s*,\s*(\d{1,5})\s*,/.exec(record.trim());
  if (found === null) return undefined;
  const [, host = '', port = ''] = found;
  return `http://${reachableHost(host)}:${port}`;
}

function valueOf(args: readonly string[], flag: string): string | undefined {
  const at = args.indexOf(flag);
  const next = at < 0 ? undefined : args[at + 1];
  if (next !== undefined && !next.startsWith('--')) return next;
  const joined = args.find((argument) => argument.startsWith(`${flag}=`));
  return joined?.slice(flag.length + 1);
}

/** "Everywhere" is reached over loopback; a list of addresses by its first. */
function reachableHost(listen: string | undefined): string {
  const first = (listen ?? '').split(',')[0]?.trim() ?? '';
  if (first === '' || first === '0.0.0.0' || first === '::' || first === 'localhost') {
    return '127.0.0.1';
  }
  return first.includes(':') ? `[${first}]` : first;
}
