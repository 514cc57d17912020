import { z } from 'zod';
import type { Server, ServerForm } from '../../contract/machine/machine.schema.ts';
import type { ServerAccess } from '../../ports/server-access.ts';

/** The secrets of one server, as they are kept. */
export const KeptSignInSchema = z.strictObject({
  /** The password or the token. */
  secret: z.string().optional(),
  /** Values by the headers' names. */
  headers: z.record(z.string(), z.string()).optional(),
});
export type KeptSignIn = Readonly<z.infer<typeof KeptSignInSchema>>;

/** What a server and its secrets make us send there. */
export function toAccess(server: Server, kept: KeptSignIn): ServerAccess {
  const { signIn = 'none', userName = '', fingerprint } = server;
  const { secret = '' } = kept;
  const named = (server.headers ?? []).map(
    (name) => [name.toLowerCase(), kept.headers?.[name] ?? ''] as const,
  );
  return {
    headers: {
      ...Object.fromEntries(named),
      ...(signIn === 'bearer' ? { authorization: `Bearer ${secret}` } : {}),
    },
    ...(signIn === 'basic' ? { credentials: { userName, password: secret } } : {}),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/**
 * Parts a filled-in form into what the settings show and what is kept secret. A secret that was left out
 * stays as it was, as long as the way of signing in does.
 */
export function keepSignIn(
  form: ServerForm,
  before: Server | undefined,
  kept: KeptSignIn,
): { readonly server: Server; readonly kept: KeptSignIn } {
  const { name, url, signIn = 'none', userName, headers = [], fingerprint } = form;
  const isSameWay = before?.signIn === signIn;
  const secret = signIn === 'none' ? undefined : (form.secret ?? (isSameWay ? kept.secret : ''));
  const values = headers.map((header) => {
    const value = header.value ?? kept.headers?.[header.name] ?? '';
    return [header.name, value] as const;
  });
  return {
    server: {
      name,
      url,
      ...(signIn === 'none' ? {} : { signIn }),
      ...(signIn === 'basic' ? { userName: userName ?? '' } : {}),
      ...(headers.length === 0 ? {} : { headers: headers.map((header) => header.name) }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    },
    kept: {
      ...(secret === undefined ? {} : { secret }),
      ...(values.length === 0 ? {} : { headers: Object.fromEntries(values) }),
    },
  };
}
