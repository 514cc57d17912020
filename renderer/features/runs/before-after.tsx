import { type ReactNode, useState } from 'react';

/** Two pictures in one frame with a line between them that is dragged, or moved with the arrow keys. */
export function BeforeAfter({
  before,
  after,
}: {
  readonly before: string;
  readonly after: string;
}): ReactNode {
  const [split, setSplit] = useState(50);
  return (
    <div className="before-after">
      <img src={after} alt="After" />
      <img
        className="is-before"
        src={before}
        alt="Before"
        style={{ clipPath: `inset(0 ${String(100 - split)}% 0 0)` }}
      />
      <span className="split-line" style={{ left: `${String(split)}%` }} aria-hidden="true" />
      <span className="split-word is-left" aria-hidden="true">
        Before
      </span>
      <span className="split-word is-right" aria-hidden="true">
        After
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={split}
        aria-label="Line between before and after"
        onChange={(event) => setSplit(Number(event.currentTarget.value))}
      />
    </div>
  );
}
