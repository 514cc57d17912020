/** True for an address of this machine that no other machine can reach, e.g. "http://127.0.0.1:8188". */
export function isLoopbackAddress(url: string): boolean {
  return /^https?:\/\/(?:127\.|localhost(?=[:/]|$)|\[::1\])/i.test(url);
}
