import { type ReactNode, useMemo, useState } from 'react';
import type { ChangeView } from '../../core/contract/change-view.schema.ts';
import { fromChangeSide } from '../../core/domain/workflow/diff/change-side.ts';
import { describeDiffEntry } from '../../core/domain/workflow/describe/describe-diff.ts';
import { diffScene } from '../features/graph/build-scene.ts';
import { GraphCanvas } from '../features/graph/graph-canvas.tsx';
import { Legend } from '../features/graph/legend.tsx';
import '../features/graph/pane.css';
import { type ChangeState, describeState } from './change-state.ts';
import './change-page.css';

/** A proposal as a client shows it: where it stands, what it changes in words, and drawn. It can accept nothing. */
export function ChangePage({ state }: { readonly state: ChangeState }): ReactNode {
  const { tone, text } = describeState(state);
  const view = state.kind === 'told' ? undefined : state.view;
  return (
    <main className="change-page">
      <header className="change-head">
        <h1>{view?.intent ?? 'A change to the workflow'}</h1>
        <p className={`change-status is-${tone}`} role="status">
          {text}
        </p>
      </header>
      {state.kind === 'waiting' && (
        <p className="change-note">Accept it or turn it down in the Second Unit window.</p>
      )}
      {view?.reason !== undefined && view.status === 'rejected' && (
        <p className="change-note">{view.reason}</p>
      )}
      {state.kind === 'told' && <p className="change-note">{state.text}</p>}
      {view !== undefined && <Change key={view.changeSetId} view={view} />}
    </main>
  );
}

function Change({ view }: { readonly view: ChangeView }): ReactNode {
  const [focus, setFocus] = useState<{ nodeId: string; request: number } | null>(null);
  const [fit, setFit] = useState({ what: 'changes' as 'all' | 'changes', request: 0 });
  const { sides, diff, changes } = view;
  const scene = useMemo(
    () =>
      sides === undefined
        ? undefined
        : diffScene(fromChangeSide(sides.before), fromChangeSide(sides.after), diff),
    [sides, diff],
  );
  const show = (text: string): void => {
    const nodeId = nodeOf(view, text);
    if (nodeId !== undefined) {
      setFocus((last) => ({ nodeId, request: (last?.request ?? 0) + 1 }));
    }
  };
  return (
    <>
      <ul className="change-words" aria-label="What changes">
        {changes.map((text) => (
          <li key={text}>
            {scene !== undefined && nodeOf(view, text) !== undefined ? (
              <button type="button" onClick={() => show(text)}>
                {text}
              </button>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
      {scene !== undefined && (
        <section className="change-graph" aria-label={`The change, drawn in ${view.workflow}`}>
          <GraphCanvas scene={scene} sceneKey={view.changeSetId} focus={focus} fitRequest={fit} />
          <Legend />
          <button
            type="button"
            className="change-fit"
            onClick={() =>
              setFit(({ what, request }) => ({
                what: what === 'all' ? 'changes' : 'all',
                request: request + 1,
              }))
            }
          >
            {fit.what === 'all' ? 'Show the changes' : 'Show all of it'}
          </button>
        </section>
      )}
    </>
  );
}

/** The node that a sentence is about, where one entry says exactly that. */
function nodeOf({ diff }: ChangeView, text: string): string | undefined {
  const entry = diff.find((candidate) => describeDiffEntry(candidate) === text);
  if (entry === undefined) return undefined;
  if ('nodeId' in entry) return entry.nodeId;
  return entry.kind === 'document-changed' ? undefined : entry.to.nodeId;
}
