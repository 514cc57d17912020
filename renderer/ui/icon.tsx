import type { ReactNode } from 'react';

/** Drawn on 16 × 16 with round strokes. */
const PATHS = {
  added: 'M8 3v10M3 8h10',
  alert: 'M8 2.2 14.4 13.4H1.6zM8 6.4v3.2M8 11.6v.1',
  arrowUp: 'M8 13V3.5M4 7.3 8 3.3l4 4',
  bypass: 'M2 8h3.5c2 0 2-4 4.5-4h4M12 2l2 2-2 2M2 12h12',
  changed: 'M3 13l.8-3.2L10.6 3l2.4 2.4-6.8 6.8z',
  check: 'M3 8.6 6.4 12 13 4.6',
  chevronDown: 'M4 6.2 8 10.2l4-4',
  chevronRight: 'M6.2 4l4 4-4 4',
  circle: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z',
  clock: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 4.8V8l2.2 1.6',
  close: 'M4 4l8 8M12 4l-8 8',
  compare: 'M8 2v12M2.5 4h3v8h-3zM10.5 4h3v8h-3z',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  folder: 'M2 4.2v8.3h12V5.8H8L6.4 4.2z',
  gpu: 'M2 5h12v6.5H2zM4.5 7.2h3v2.2h-3zM10.5 7.2v2.2M12 7.2v2.2M4 11.5V13M7 11.5V13',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  minus: 'M3 8h10',
  more: 'M3.5 8v.1M8 8v.1M12.5 8v.1',
  mute: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM4.2 11.8l7.6-7.6',
  nodes: 'M2 3h4.5v3.5H2zM9.5 9.5H14V13H9.5zM6.5 4.8h2.2c1.8 0-.2 6.4 1 6.4',
  picture: 'M2 3h12v10H2zM2.5 11.5 6 7.6l2.6 2.8 1.8-1.8 3 3M10.6 5.8v.1',
  play: 'M4.5 2.8v10.4L13 8z',
  plus: 'M8 3v10M3 8h10',
  receipt: 'M4 2h8v11.8l-1.3-1-1.4 1-1.3-1-1.3 1-1.4-1-1.3 1zM6 5.4h4M6 8.2h4',
  redo: 'M13 6.5H6a3.5 3.5 0 0 0 0 7h3M10 3.5l3 3-3 3',
  save: 'M2.5 2.5h8.6l2.4 2.4v8.6h-11zM5 2.5v3.7h5V2.5M4.8 13.5V9.3h6.4v4.2',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3 14 14',
  settings:
    'M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14M10.2 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM5.8 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z',
  sidebar: 'M2 3h12v10H2zM6 3v10',
  spinner: 'M8 2.2A5.8 5.8 0 1 1 2.2 8',
  stop: 'M4 4h8v8H4z',
  trash: 'M2.8 4.4h10.4M6 4.2V2.6h4v1.6M4.2 4.6l.6 8.8h6.4l.6-8.8',
  undo: 'M3 6.5h7a3.5 3.5 0 0 1 0 7H7M6 3.5l-3 3 3 3',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon; what it means is always said in words beside it or in the button's name. */
export function Icon({
  name,
  className = '',
}: {
  readonly name: IconName;
  readonly className?: string;
}): ReactNode {
  const spinning = name === 'spinner' ? ' is-spinning' : '';
  return (
    <svg className={`icon ${className}${spinning}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
