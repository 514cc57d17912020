import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useSession, useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { BatchCard } from '../batches/batch-card.tsx';
import { ChangeSetCard } from '../changes/change-set-card.tsx';
import { ResultCard } from '../runs/result-card.tsx';
import { Composer } from './composer.tsx';
import { focusMessage } from './focus-message.ts';
import { type TimelineItem, toTimeline } from './timeline.ts';
import { TurnView } from './turn-view.tsx';
import './chat.css';

const NEAR_END = 48;

/** The conversation and the field to go on with it. */
export function ChatPane(): ReactNode {
  const session = useSession();
  const items = useMemo(() => (session === null ? [] : toTimeline(session)), [session]);
  const scroller = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);

  // Whoever says something wants to see what comes of it, wherever they had scrolled to.
  const said = session?.turns.findLast(({ author }) => author.role === 'artist')?.turnId;
  const [shown, setShown] = useState(said);
  if (shown !== said) {
    setShown(said);
    setAtEnd(true);
  }
  useEffect(() => {
    if (isAtEnd) end.current?.scrollIntoView({ block: 'end' });
  }, [items, isAtEnd]);
  useEffect(() => {
    // Pictures grow after they were placed, and the window changes; whoever was at the end stays there.
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd) element.scrollTop = element.scrollHeight;
    });
    observer.observe(content);
    observer.observe(element);
    return () => observer.disconnect();
  }, [isAtEnd]);

  return (
    <section className="chat" aria-label="Conversation">
      <h2 className="visually-hidden">Conversation</h2>
      <div
        ref={scroller}
        className="chat-scroll"
        tabIndex={-1}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END);
        }}
      >
        <div className="chat-items">
          {items.length === 0 && <Welcome />}
          {items.map((item, at) => (
            <Item key={keyOf(item)} item={item} isLast={at === items.length - 1} />
          ))}
          <div ref={end} />
        </div>
      </div>
      {!isAtEnd && (
        <Button
          className="to-end"
          icon="chevronDown"
          onClick={() => end.current?.scrollIntoView({ block: 'end', behavior: 'smooth' })}
        >
          Latest
        </Button>
      )}
      <Composer />
    </section>
  );
}

function keyOf(item: TimelineItem): string {
  if (item.kind === 'turn') return item.turn.turnId;
  if (item.kind === 'batch') return item.batch.batchId;
  return item.kind === 'run' ? item.run.promptId : item.changeSet.changeSetId;
}

function Item({
  item,
  isLast,
}: {
  readonly item: TimelineItem;
  readonly isLast: boolean;
}): ReactNode {
  if (item.kind === 'turn') return <TurnView turn={item.turn} isLast={isLast} />;
  if (item.kind === 'batch') return <BatchCard batch={item.batch} />;
  if (item.kind === 'run') return <ResultCard run={item.run} />;
  return <ChangeSetCard changeSet={item.changeSet} />;
}

const EXAMPLES = ['30 steps and make it 16:9', 'Explain this workflow', 'Render 4 variations'];

function Welcome(): ReactNode {
  const { core, view } = useTools();
  const session = useSession();
  const { isPractice } = useWorkspace().connection;
  const hasWorkflow = (session?.workflow ?? null) !== null;
  return (
    <div className="welcome">
      <h2>{hasWorkflow ? 'Say what should change' : 'Start with a workflow'}</h2>
      <p>
        {hasWorkflow
          ? 'You see every change in the graph before it is made, accept what you like, and can undo it all.'
          : 'Drop a workflow or a picture made with ComfyUI anywhere in this window, or choose one.'}
      </p>
      {!hasWorkflow && (
        <Button kind="primary" icon="folder" onClick={() => view.showDialog('open')}>
          Open a workflow
        </Button>
      )}
      <p>{hasWorkflow ? 'For example:' : 'Then say, for example:'}</p>
      <ul className="suggestions is-column" aria-label="Examples">
        {EXAMPLES.map((example) => (
          <li key={example}>
            <button
              type="button"
              className="suggestion"
              onClick={() => {
                if (hasWorkflow) void core.send(example);
                else view.setDraft(example);
                focusMessage();
              }}
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
      {isPractice && (
        <p className="welcome-practice">
          Renders are made by the built-in practice ComfyUI: stand-in pictures, plainly marked.{' '}
          <button type="button" className="link-button" onClick={() => view.showDialog('connect')}>
            Connect your ComfyUI
          </button>
        </p>
      )}
    </div>
  );
}
