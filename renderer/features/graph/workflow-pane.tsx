import { type ReactNode, useMemo, useState } from 'react';
import { viewWorkflow } from '../../../core/domain/workflow/view/view-workflow.ts';
import { useApp, useSession, useTools } from '../../state/app-context.ts';
import type { GraphSide } from '../../state/app-state.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { documentOf } from '../changes/preview-change-set.ts';
import { shownChangeSet, useChangePreview } from '../changes/use-change-set.ts';
import { diffScene, sceneOf } from './build-scene.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import { Legend } from './legend.tsx';
import { NodeAbsence } from './node-absence.tsx';
import { NodeExtras, type NodeExtrasParts } from './node-extras.ts';
import { NodePeak } from './node-peak.tsx';
import { NodePicture } from './node-picture.tsx';
import { NodeProgress } from './node-progress.tsx';
import type { Scene } from './scene.ts';

const LIVE: NodeExtrasParts = {
  Peak: NodePeak,
  Progress: NodeProgress,
  Picture: NodePicture,
  Absence: NodeAbsence,
};

const SIDES: readonly { readonly value: GraphSide; readonly label: string }[] = [
  { value: 'before', label: 'Before' },
  { value: 'changes', label: 'Changes' },
  { value: 'after', label: 'After' },
];

/** The open workflow in the artist's own layout, with whatever change is being looked at drawn into it. */
export function WorkflowPane(): ReactNode {
  const { view } = useTools();
  const session = useSession();
  const catalog = useApp((state) => state.catalog);
  const chosenId = useApp((state) => state.view.changeSetId);
  const side = useApp((state) => state.view.graphSide);
  const focus = useApp((state) => state.view.focus);
  const changeSet = shownChangeSet(session, chosenId);
  const preview = useChangePreview(changeSet);
  const workflow = session?.workflow ?? null;
  const [fitRequest, setFitRequest] = useState({
    what: 'changes' as 'all' | 'changes',
    request: 0,
  });
  const change = preview?.ok === true ? preview.value : undefined;
  const scene = useMemo((): Scene | null => {
    if (workflow === null) return null;
    if (change === undefined) return sceneOf(viewWorkflow(documentOf(workflow), catalog));
    const before = viewWorkflow(change.before, catalog);
    const after = viewWorkflow(change.after, catalog);
    if (side === 'before') return sceneOf(before);
    return side === 'after' ? sceneOf(after) : diffScene(before, after, change.entries);
  }, [workflow, change, side, catalog]);
  if (scene === null || workflow === null) return null;
  const fit = (what: 'all' | 'changes'): void =>
    setFitRequest(({ request }) => ({ what, request: request + 1 }));
  const shown = change === undefined ? '' : (changeSet?.changeSetId ?? '');
  return (
    <section className="workflow-pane" aria-label="Workflow">
      <header className="pane-head">
        <h2>{shown === '' ? 'Workflow' : (changeSet?.intent ?? '')}</h2>
        <span className="pane-note">{count(scene.nodes.length, 'node')}</span>
        {shown !== '' && (
          <Segmented
            label="Which side to show"
            value={side}
            options={SIDES}
            onChange={view.setGraphSide}
          />
        )}
        {shown !== '' && (
          <Button kind="plain" icon="fit" onClick={() => fit('changes')}>
            Fit changes
          </Button>
        )}
        <IconButton icon="nodes" label="Show the whole workflow" onClick={() => fit('all')} />
        {shown !== '' && chosenId !== null && (
          <IconButton
            icon="close"
            label="Stop showing this change"
            onClick={() => view.selectChangeSet(null)}
          />
        )}
      </header>
      <div className="graph-frame">
        <NodeExtras value={LIVE}>
          <GraphCanvas
            scene={scene}
            sceneKey={`${session?.sessionId ?? ''} ${workflow.name} ${shown} ${String(workflow.history.length === 0 ? workflow.revision : 0)}`}
            focus={focus}
            fitRequest={fitRequest}
          />
        </NodeExtras>
        {scene.isDiff && <Legend />}
      </div>
    </section>
  );
}
