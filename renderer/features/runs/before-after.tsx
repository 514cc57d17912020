import { type ReactNode, useState } from 'react';

/** Two pictures in one frame with a line between them that is dragged, or moved with the arrow keys. */
export function BeforeAfter({
  before,
  after,
  words: [left, right] = ['Before', 'After'],
}: {
  readonly before: string;
  readonly after: string;
  /** What stands on the left and on the right picture. */
  readonly words?: readonly [string, string] | undefined;
}): ReactNode {
  const [split, setSplit] = useState(50);
  const [size, setSize] = useState({ width: 0, height: 1 });
  return (
    <div
      className="before-after"
      style={{ '--ratio': size.width / size.height, '--own-width': `${String(size.width)}px` }}
    >
      <img
        src={after}
        alt={right}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
          setSize({ width, height: Math.max(1, height) })
        }
      />
      <img
        className="is-before"
        src={before}
        alt={left}
        style={{ clipPath: `inset(0 ${String(100 - split)}% 0 0)` }}
      />
      <span className="split-line" style={{ left: `${String(split)}%` }} aria-hidden="true" />
      <span className="split-word is-left" aria-hidden="true">
        {left}
      </span>
      <span className="split-word is-right" aria-hidden="true">
        {right}
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={split}
        aria-label={`Line between ${left} and ${right}`}
        onChange={(event) => setSplit(Number(event.currentTarget.value))}
      />
    </div>
  );
}
