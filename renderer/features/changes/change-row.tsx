import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { count } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { OpRow, OpShape } from './describe-ops.ts';

const SHAPES: Readonly<Record<OpShape, IconName>> = {
  added: 'added',
  removed: 'minus',
  changed: 'changed',
};

interface ChangeRowProps {
  readonly row: OpRow;
  readonly isKept: boolean;
  readonly isOpen: boolean;
  readonly needs: readonly number[];
  readonly onToggle: () => void;
  readonly onShow: () => void;
}

/** One change: a tick to keep it, a sentence that brings its node into view. */
export function ChangeRow(props: ChangeRowProps): ReactNode {
  const { row, isKept, isOpen, needs, onToggle, onShow } = props;
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    if (event.key === ' ') onToggle();
    else if (event.key === 'Enter') onShow();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li
      className={`change-row is-${row.shape} ${isKept ? '' : 'is-left-out'}`}
      data-row={row.index}
      tabIndex={0}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
    >
      {isOpen && (
        <input
          type="checkbox"
          className="check"
          tabIndex={-1}
          checked={isKept}
          aria-labelledby={id}
          onChange={onToggle}
        />
      )}
      <span className={`shape is-${row.shape}`}>
        <Icon name={SHAPES[row.shape]} />
      </span>
      <button type="button" id={id} className="change-sentence" tabIndex={-1} onClick={onShow}>
        {row.sentences.map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </button>
      {isOpen && needs.length > 0 && (
        <span
          className="change-needs"
          title={`Cannot do without ${needs.map((at) => `change ${String(at + 1)}`).join(' and ')} of this list`}
        >
          needs {count(needs.length, 'other')}
        </span>
      )}
      {!isKept && <span className="change-needs">left out</span>}
    </li>
  );
}
