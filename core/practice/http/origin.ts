/**
 * ComfyUI's one guard (server.py, create_origin_only_middleware): a request to a loopback host with
 * an Origin of another host is refused; ports count only when both sides have one.
 */
export function isForeignOrigin(host: string | undefined, origin: string | undefined): boolean {
  if (host === undefined || origin === undefined) return false;
  const ours = splitHost(host.toLowerCase());
  const theirs = splitHost(
    /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/.exec(origin.toLowerCase())?.[1] ?? '',
  );
  if (theirs.name === '' || !isLoopback(ours.name)) return false;
  if (ours.name !== theirs.name) return true;
  return ours.port !== '' && theirs.port !== '' && ours.port !== theirs.port;
}

function splitHost(authority: string): { readonly name: string; readonly port: string } {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.replace(/^.*@/, ''));
  return { name: match?.[1] ?? authority, port: match?.[2] ?? '' };
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
