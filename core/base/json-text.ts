/** Where a text that starts here (after its quote) ends, behind its closing quote; -1 when it does not. */
export function endOfText(source: string, start: number): number {
  let close = source.indexOf('"', start);
  while (close >= 0 && source.charCodeAt(close - 1) === BACKSLASH) {
    let slashes = close - 1;
    while (slashes >= start && source.charCodeAt(slashes) === BACKSLASH) slashes -= 1;
    if ((close - 1 - slashes) % 2 === 0) break;
    close = source.indexOf('"', close + 1);
  }
  return close < 0 ? -1 : close + 1;
}

/** True for the four characters that JSON allows between its parts. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

const BACKSLASH = 92;
