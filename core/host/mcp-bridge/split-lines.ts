/** Takes bytes as they come, calls back once per line; a line over the limit is dropped and told once. */
export interface LineSplitter {
  push(chunk: Buffer): void;
}

interface SplitterParts {
  /** Bytes of one line. */
  readonly limit: number;
  readonly onLine: (line: string) => void;
  readonly onTooLong: () => void;
}

const NEWLINE = 0x0a;

/** Makes a splitter; empty lines are passed over. */
export function createLineSplitter({ limit, onLine, onTooLong }: SplitterParts): LineSplitter {
  let kept: Buffer[] = [];
  let length = 0;
  let isSkipping = false;

  const add = (part: Buffer): void => {
    if (isSkipping) return;
    length += part.length;
    if (length > limit) {
      isSkipping = true;
      kept = [];
      onTooLong();
      return;
    }
    kept.push(part);
  };
  const end = (): void => {
    const [first] = kept;
    const line = kept.length === 1 && first !== undefined ? first : Buffer.concat(kept);
    const text = isSkipping ? '' : line.toString('utf8').trim();
    kept = [];
    length = 0;
    isSkipping = false;
    if (text !== '') onLine(text);
  };

  return {
    push: (chunk) => {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        add(chunk.subarray(from, at));
        end();
        from = at + 1;
      }
      if (from < chunk.length) add(chunk.subarray(from));
    },
  };
}
