import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { ChangeSet } from '../../../core/contract/session.schema.ts';
import { useApp, useTools } from '../../state/app-context.ts';
import { count } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Button } from '../../ui/button.tsx';
import { focusMessage, useFocusAfterAnswer } from '../chat/focus-message.ts';
import { CardActions } from './card-actions.tsx';
import { ChangeRow } from './change-row.tsx';
import { keptOps, toggleOp } from './choose-ops.ts';
import { MemoryAddition } from './memory-addition.tsx';
import { leftOutOf, shownChangeSet, useOpRows } from './use-change-set.ts';
import './changes.css';

const STATUS: Readonly<Record<ChangeSet['status'], { icon: IconName; word: string }>> = {
  proposed: { icon: 'circle', word: 'Waits for you' },
  accepted: { icon: 'check', word: 'Accepted' },
  applied: { icon: 'check', word: 'Applied' },
  reverted: { icon: 'undo', word: 'Undone' },
  rejected: { icon: 'close', word: 'Rejected' },
  stale: { icon: 'alert', word: 'Out of date' },
};

/** What is proposed, row by row, to accept or reject whole or in part; later, what became of it. */
export function ChangeSetCard({ changeSet }: { readonly changeSet: ChangeSet }): ReactNode {
  const { core, view } = useTools();
  const { changeSetId, ops, status } = changeSet;
  const { rows, needs } = useOpRows(changeSet);
  const chosen = useApp((state) => state.view.leftOut[changeSetId]);
  const isShown = useApp(
    (state) =>
      shownChangeSet(state.session?.state ?? null, state.view.changeSetId)?.changeSetId ===
      changeSetId,
  );
  const leftOut = leftOutOf({ view: { leftOut: { [changeSetId]: chosen ?? [] } } }, changeSet);
  const kept = keptOps(ops.length, leftOut);
  const isOpen = status === 'proposed';
  useFocusAfterAnswer(isOpen);
  const [isRejecting, setRejecting] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  const toggle = (index: number): void => {
    if (isOpen) view.setLeftOut(changeSetId, toggleOp(leftOut, index, needs));
  };
  const accept = (release: boolean): void => {
    const part = kept.length === ops.length ? {} : { ops: kept };
    if (kept.length > 0) void core.respond(changeSet, { kind: 'accept', release, ...part });
  };
  const move = (by: number): void => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = items.findIndex((item) => item.contains(document.activeElement));
    items[Math.max(0, Math.min(items.length - 1, at + by))]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'arrowdown') move(1);
    else if (key === 'arrowup') move(-1);
    else if (isOpen && key === 'a') accept(false);
    else if (isOpen && key === 'r') setRejecting(true);
    else return;
    event.preventDefault();
  };

  return (
    <section
      className={`card changes is-${status} ${isShown ? 'is-shown' : ''}`}
      aria-label={`Proposed change: ${changeSet.intent}`}
      data-change-set={changeSetId}
      data-status={status}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className="card-head">
        <Icon name={STATUS[status].icon} />
        <h3>{changeSet.intent}</h3>
        <span className={`status is-${status}`}>{STATUS[status].word}</span>
      </header>
      <ul ref={list} className="change-rows" aria-label={count(ops.length, 'change')}>
        {rows.map((row) => (
          <ChangeRow
            key={row.index}
            row={row}
            isKept={!leftOut.includes(row.index)}
            isOpen={isOpen}
            needs={needs[row.index] ?? []}
            onToggle={() => toggle(row.index)}
            onShow={() => {
              view.selectChangeSet(changeSetId);
              view.focusNode(row.nodeId);
            }}
          />
        ))}
      </ul>
      {isOpen && <MemoryAddition changeSetId={changeSetId} />}
      {isOpen ? (
        <CardActions
          kept={kept.length}
          total={ops.length}
          isRejecting={isRejecting}
          onRejecting={setRejecting}
          onAccept={accept}
          onReject={(reason) =>
            void core.respond(changeSet, {
              kind: 'reject',
              ...(reason === '' ? {} : { reason }),
            })
          }
        />
      ) : (
        <Decided changeSet={changeSet} isShown={isShown} />
      )}
    </section>
  );
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === 'text')
  );
}

/** Why a change no longer fits, and the same again for the workflow as it is now where the artist had asked for it. */
function OutOfDate({ changeSet }: { readonly changeSet: ChangeSet }): ReactNode {
  const { core } = useTools();
  const { conflicts = [], turnId } = changeSet;
  const message = useApp(
    ({ session }) =>
      session?.state.turns.find((turn) => turn.turnId === turnId && turn.author.role === 'artist')
        ?.message,
  );
  return (
    <>
      <p>
        The workflow has changed since this was proposed, so it no longer fits. Nothing was changed.
      </p>
      {conflicts.length > 0 && (
        <ul className="change-conflicts" aria-label="What clashes">
          {conflicts.map((conflict) => (
            <li key={conflict}>{conflict}</li>
          ))}
        </ul>
      )}
      {message !== undefined && (
        <Button
          onClick={() => {
            void core.send(message);
            focusMessage();
          }}
        >
          Ask again
        </Button>
      )}
    </>
  );
}

function Decided({
  changeSet,
  isShown,
}: {
  readonly changeSet: ChangeSet;
  readonly isShown: boolean;
}): ReactNode {
  const { view } = useTools();
  const { status, reason, changeSetId } = changeSet;
  // Once another workflow was opened, there is nothing left to draw it into.
  const canShow = useApp((state) =>
    (state.session?.state.workflow?.history ?? []).some(
      (entry) => entry.changeSetId === changeSetId,
    ),
  );
  return (
    <footer className="changes-decided">
      {status === 'stale' && <OutOfDate changeSet={changeSet} />}
      {status === 'rejected' && (
        <p>{reason === undefined ? 'Nothing was changed.' : `You said: “${reason}”`}</p>
      )}
      {canShow && (
        <button
          type="button"
          className="link-button"
          aria-pressed={isShown}
          onClick={() => view.selectChangeSet(isShown ? null : changeSetId)}
        >
          {isShown ? 'Showing in the graph · hide' : 'Show in the graph'}
        </button>
      )}
    </footer>
  );
}
