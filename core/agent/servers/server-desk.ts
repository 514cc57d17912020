import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type {
  DiscoveredServer,
  Server,
  ServerForm,
  Settings,
} from '../../contract/machine/machine.schema.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { ServerAccess } from '../../ports/server-access.ts';
import { type KeptSignIn, KeptSignInSchema, keepSignIn, toAccess } from './sign-in.ts';

/** The artist's list of servers, and what lets us in there. */
export interface ServerDesk {
  /** What to send to this address; nothing for one that is not in the list. */
  accessTo(url: string): Promise<Result<ServerAccess, AppError>>;
  /** Takes the credentials out of an address and keeps them; the address that is left holds no secret. */
  keepAddress(address: string): Promise<Result<string, AppError>>;
  /** `replaces` is the address of the entry that is edited, which may have another one now. */
  save(form: ServerForm, replaces?: string): Promise<Result<Settings, AppError>>;
  remove(url: string): Promise<Result<Settings, AppError>>;
  /** Asks a server with what the form says and the secrets that are kept; saves nothing. */
  test(form: ServerForm, replaces?: string): Promise<Result<DiscoveredServer, AppError>>;
  /** From now on this certificate, and no other, is taken there. Only after the artist saw it and said yes. */
  trust(url: string, fingerprint: string): Promise<Result<Settings, AppError>>;
}

/** What the desk works with. */
export interface ServerDeskParts {
  readonly settings: () => Settings;
  readonly changeSettings: (change: Partial<Settings>) => Promise<Result<Settings, AppError>>;
  readonly secrets: Secrets;
  /** Tells the address from the credentials in it. */
  readonly splitAddress: (
    text: string,
  ) => Result<
    { readonly url: string; readonly credentials?: ServerAccess['credentials'] },
    AppError
  >;
  /** Asks once whether a ComfyUI answers there. */
  readonly probe: (
    url: string,
    access: ServerAccess,
  ) => Promise<Result<DiscoveredServer, AppError>>;
}

const MOST_SERVERS = 50;

/** Makes the desk. */
export function createServerDesk(parts: ServerDeskParts): ServerDesk {
  const { settings, changeSettings, secrets, splitAddress, probe } = parts;
  const list = (): readonly Server[] => settings().servers ?? [];
  const find = (url: string): Server | undefined => list().find((server) => server.url === url);

  const readKept = async (url: string): Promise<Result<KeptSignIn, AppError>> => {
    const reading = await secrets.read(secretName(url));
    if (reading.kind === 'none') return ok({});
    const kept = reading.kind === 'found' ? parseKept(reading.secret) : undefined;
    return kept === undefined ? err(appError('server/sign-in-lost', { url })) : ok(kept);
  };
  /** The entry as it would be stored, and the secrets that go with it. */
  const readForm = async (
    form: ServerForm,
    replaces: string | undefined,
  ): Promise<Result<{ readonly server: Server; readonly kept: KeptSignIn }, AppError>> => {
    const split = splitAddress(form.url);
    if (!split.ok) return split;
    const { url, credentials } = split.value;
    const typed: ServerForm =
      credentials === undefined
        ? form
        : {
            ...form,
            signIn: 'basic',
            userName: credentials.userName,
            secret: credentials.password,
          };
    const before = find(replaces ?? url);
    // What lets us in at one computer is never sent to another one.
    const isSameHost = before !== undefined && hostOf(before.url) === hostOf(url);
    const stored = isSameHost ? await readKept(before.url) : ok({});
    // Lost secrets can only be replaced; what was typed now does that.
    return ok(
      keepSignIn({ ...typed, url }, isSameHost ? before : undefined, stored.ok ? stored.value : {}),
    );
  };
  const store = async (
    server: Server,
    replaces: string | undefined,
  ): Promise<Result<Settings, AppError>> => {
    const others = list().filter(({ url }) => url !== server.url && url !== replaces);
    if (others.length >= MOST_SERVERS) {
      return err(appError('settings/invalid', { key: 'servers', reason: 'the list is full' }));
    }
    const at = list().findIndex(({ url }) => url === (replaces ?? server.url));
    const servers = at < 0 ? [...others, server] : others.toSpliced(at, 0, server);
    const isCurrent = replaces !== undefined && settings().comfyUrl === replaces;
    return changeSettings({ servers, ...(isCurrent ? { comfyUrl: server.url } : {}) });
  };
  const save: ServerDesk['save'] = async (form, replaces) => {
    const read = await readForm(form, replaces);
    if (!read.ok) return read;
    const { server, kept } = read.value;
    const isEmpty = Object.keys(kept).length === 0;
    const written = isEmpty
      ? await secrets.remove(secretName(server.url))
      : await secrets.write(secretName(server.url), JSON.stringify(kept));
    if (!written.ok) return written;
    const stored = await store(server, replaces);
    const isMoved = stored.ok && replaces !== undefined && replaces !== server.url;
    if (isMoved) await secrets.remove(secretName(replaces));
    return stored;
  };

  return {
    accessTo: async (url) => {
      const server = find(url);
      if (server === undefined) return ok({ headers: {} });
      const needsSecret = (server.signIn ?? 'none') !== 'none' || (server.headers ?? []).length > 0;
      const kept = needsSecret ? await readKept(url) : ok({});
      return kept.ok ? ok(toAccess(server, kept.value)) : kept;
    },
    keepAddress: async (address) => {
      const split = splitAddress(address);
      if (!split.ok) return split;
      const { url, credentials } = split.value;
      if (credentials === undefined) return ok(url);
      const { userName, password } = credentials;
      const known = find(url) ?? { name: hostOf(url), url };
      const { headers = [], ...others } = known;
      const saved = await save({
        ...others,
        headers: headers.map((name) => ({ name })),
        signIn: 'basic',
        userName,
        secret: password,
      });
      return saved.ok ? ok(url) : saved;
    },
    save,
    remove: async (url) => {
      if (find(url) === undefined) return err(appError('server/unknown', { url }));
      const forgotten = await secrets.remove(secretName(url));
      if (!forgotten.ok) return forgotten;
      const servers = list().filter((server) => server.url !== url);
      const isCurrent = settings().comfyUrl === url;
      return changeSettings({ servers, ...(isCurrent ? { comfyUrl: null } : {}) });
    },
    test: async (form, replaces) => {
      const read = await readForm(form, replaces);
      if (!read.ok) return read;
      const { server, kept } = read.value;
      const answer = await probe(server.url, toAccess(server, kept));
      return answer.ok ? ok({ ...answer.value, name: server.name }) : answer;
    },
    trust: async (address, fingerprint) => {
      const split = splitAddress(address);
      if (!split.ok) return split;
      const { url } = split.value;
      return store({ ...(find(url) ?? { name: hostOf(url), url }), fingerprint }, undefined);
    },
  };
}

function secretName(url: string): string {
  return `comfyui ${url}`;
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}

function parseKept(text: string): KeptSignIn | undefined {
  try {
    return KeptSignInSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: kept by something else.
    return undefined;
  }
}
