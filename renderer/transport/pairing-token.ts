const KEY = 'second-unit:token';
const FRAGMENT = /(?:^#|&)token=([^&]+)/;
/** What a subprotocol may be made of (RFC 7230); a socket that is asked for another one throws. */
const SENDABLE = /^[\w!#$%&'*+.^`|~-]+$/;

/** What reading the token needs of the page. */
export interface PairingPage {
  readonly hash: string;
  /** Takes the token out of the address bar and of the history. */
  hideToken(): void;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * The pairing token of browser mode: from the address's fragment (which never travels to a server), else the
 * one kept for this tab, so that a reload needs no new link. Undefined: the page was opened without one, or
 * with one that was copied wrongly.
 */
export function takePairingToken(page: PairingPage): string | undefined {
  const fromAddress = FRAGMENT.exec(page.hash)?.[1];
  if (fromAddress === undefined) return page.storage.getItem(KEY) ?? undefined;
  page.hideToken();
  const token = decode(fromAddress);
  if (token !== undefined) page.storage.setItem(KEY, token);
  return token;
}

function decode(text: string): string | undefined {
  try {
    const token = decodeURIComponent(text);
    return SENDABLE.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

/** The real page. */
export function thisPage(): PairingPage {
  return {
    hash: location.hash,
    hideToken: () => history.replaceState(null, '', location.pathname + location.search),
    storage: sessionStorage,
  };
}
