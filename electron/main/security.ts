import type { Session, WebContents } from 'electron';

/** The page's own origin in the desktop app; nothing else is ever loaded. */
export const PAGE_SCHEME = 'second-unit';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`;

/** Pictures come from the core's loopback picture server; everything else from the app itself. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob: http://127.0.0.1:*",
  'media-src blob: http://127.0.0.1:*',
  'connect-src http://127.0.0.1:*',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a message from a page must show before anything is done for it. */
export interface Sender {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** True for the top frame of a page of ours: no other frame may ask the main process for anything. */
export function isOurPage({ senderFrame }: Sender): boolean {
  return senderFrame?.parent === null && senderFrame.url.startsWith(`${PAGE_ORIGIN}/`);
}

/** Keeps a window on our page: it never navigates, opens nothing itself, and embeds nothing. */
export function lockContents(contents: WebContents, openInBrowser: (url: string) => void): void {
  const stay = (event: { preventDefault(): void }): void => event.preventDefault();
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', stay);
  contents.setWindowOpenHandler(({ url }) => {
    if (/^https:\/\//.test(url)) openInBrowser(url);
    return { action: 'deny' };
  });
}

/** Refuses every permission, and every download that our page did not make itself. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
}
