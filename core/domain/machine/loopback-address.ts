import type { Connection } from '../../contract/machine/machine.schema.ts';

/** True for an address of this machine that no other machine can reach, e.g. "http://127.0.0.1:8188". */
export function isLoopbackAddress(url: string): boolean {
  return /^https?:\/\/(?:127\.|localhost(?=[:/]|$)|\[::1\])/i.test(url);
}

/** False of the practice ComfyUI, which draws on no card, and of another machine's, whose cards are not ours to measure. */
export function isOnThisMachine({ url, isPractice }: Connection): boolean {
  return !isPractice && isLoopbackAddress(url ?? '');
}
