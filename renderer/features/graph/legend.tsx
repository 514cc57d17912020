import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';

/** What the three colours on the canvas mean. */
export function Legend(): ReactNode {
  return (
    <ul className="legend" aria-label="Legend">
      <li className="is-added">
        <Icon name="added" /> Added
      </li>
      <li className="is-changed">
        <Icon name="changed" /> Changed
      </li>
      <li className="is-removed">
        <Icon name="minus" /> Removed
      </li>
    </ul>
  );
}
