import type { Server, ServerForm } from '../../../core/contract/machine/machine.schema.ts';

/** The form as it is typed. A secret that stays empty is left as it was. */
export interface TypedServer {
  readonly name: string;
  readonly url: string;
  readonly signIn: NonNullable<Server['signIn']>;
  readonly userName: string;
  readonly secret: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly fingerprint: string | undefined;
}

/** What the form shows at first: never a secret, for none ever comes here. */
export function startForm(server: Server | undefined, url: string): TypedServer {
  return {
    name: server?.name ?? '',
    url: server?.url ?? url,
    signIn: server?.signIn ?? 'none',
    userName: server?.userName ?? '',
    secret: '',
    headers: (server?.headers ?? []).map((name) => ({ name, value: '' })),
    fingerprint: server?.fingerprint,
  };
}

/** What is sent to the core: an empty secret is left out, so that the saved one stays. */
export function toServerForm(typed: TypedServer): ServerForm {
  const { name, url, signIn, userName, secret, headers, fingerprint } = typed;
  const named = headers.filter((header) => header.name.trim() !== '');
  return {
    name: name.trim() === '' ? nameOf(url) : name.trim(),
    url: url.trim(),
    signIn,
    ...(signIn === 'basic' ? { userName: userName.trim() } : {}),
    ...(signIn === 'none' || secret === '' ? {} : { secret }),
    headers: named.map((header) => ({
      name: header.name.trim(),
      ...(header.value === '' ? {} : { value: header.value }),
    })),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/** A fingerprint in lines that two people can compare by reading aloud. */
export function toFingerprintLines(fingerprint: string): readonly string[] {
  const pairs = fingerprint.split(':');
  return Array.from({ length: Math.ceil(pairs.length / 8) }, (_, line) =>
    pairs.slice(line * 8, line * 8 + 8).join(' '),
  );
}

/** Without a name, the address does. */
function nameOf(url: string): string {
  return url
    .trim()
    .replace(/^\w+:\/\/(.*@)?/, '')
    .slice(0, 60);
}
