import type { IncomingMessage } from 'node:http';

/** Why a request is turned away. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/**
 * Lets in who names this machine as its host (a page elsewhere that rebinds its name to us does not), comes
 * from no page or from our own, and shows this installation's token.
 */
export async function checkAccess(
  { headers }: IncomingMessage,
  isToken: (given: string) => boolean | Promise<boolean>,
): Promise<Refusal | undefined> {
  const { host = '', origin } = headers;
  if (!LOOPBACK.test(host)) return { status: 403, message: 'Only this machine may ask.' };
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, message: 'Pages of other origins may not ask.' };
  }
  const token = BEARER.exec(headers.authorization ?? '')?.[1];
  if (token !== undefined && (await isToken(token))) return undefined;
  return {
    status: 401,
    message:
      token === undefined
        ? 'The token of this installation is missing: send "Authorization: Bearer …".'
        : 'That is not the token of this installation (any more).',
    headers: { 'www-authenticate': 'Bearer realm="Second Unit"' },
  };
}
