import { type PointerEvent, type ReactNode, useState } from 'react';

const KEY = 'second-unit:chat-width';
const LEAST = 320;
const MOST = 900;
const USUAL = 420;
const STEP = 24;

/** Width of the conversation in pixels; kept on this machine. */
export function useChatWidth(): { width: number; setWidth: (width: number) => void } {
  const [width, setState] = useState(() => clamp(Number(localStorage.getItem(KEY) ?? USUAL)));
  const setWidth = (next: number): void => {
    const value = clamp(next);
    localStorage.setItem(KEY, String(value));
    setState(value);
  };
  return { width, setWidth };
}

function clamp(width: number): number {
  return Number.isFinite(width) ? Math.min(MOST, Math.max(LEAST, width)) : USUAL;
}

/** The line between conversation and workflow: dragged, moved with the arrow keys, reset by a double click. */
export function Splitter({
  width,
  onWidth,
}: {
  readonly width: number;
  readonly onWidth: (width: number) => void;
}): ReactNode {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const element = event.currentTarget;
    const start = event.clientX - width;
    element.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => onWidth(moved.clientX - start);
    element.addEventListener('pointermove', move);
    element.addEventListener(
      'lostpointercapture',
      () => element.removeEventListener('pointermove', move),
      { once: true },
    );
  };
  return (
    <div
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the conversation"
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={drag}
      onDoubleClick={() => onWidth(USUAL)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onWidth(width - STEP);
        else if (event.key === 'ArrowRight') onWidth(width + STEP);
      }}
    />
  );
}
