import type { ReactNode } from 'react';
import type { Run } from '../../../core/contract/run/run.schema.ts';
import {
  useApp,
  useAssetUrl,
  useSession,
  useTools,
  useWorkspace,
} from '../../state/app-context.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatRemaining } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import {
  OUT_OF_CONTACT,
  activeRuns,
  describeRunStatus,
  isOutOfContact,
  picturesOf,
  runsWithPictures,
} from './select-runs.ts';
import { StallNotice } from './stall-notice.tsx';
import './runs.css';

const SHOWN_PICTURES = 8;

/** Along the bottom: what works and waits now, and the latest pictures of this session. */
export function RunStrip(): ReactNode {
  const session = useSession();
  if (!session?.workflow) return null;
  const active = activeRuns(session.runs);
  return (
    <section className="run-strip" aria-label="Runs">
      {active.length === 0 ? (
        <IdleRun />
      ) : (
        // Of its own for every run: a second click must not cancel the one that comes next.
        <ActiveRun key={active[0]?.promptId} run={active[0]} waiting={active.slice(1)} />
      )}
      <Filmstrip runs={runsWithPictures(session.runs).slice(-SHOWN_PICTURES)} />
    </section>
  );
}

function IdleRun(): ReactNode {
  const { core } = useTools();
  const isReady = useApp((state) => {
    const status = state.workspace?.state.connection.status;
    return status === 'ready' || status === 'degraded';
  });
  return (
    <div className="run-idle">
      <Button icon="play" disabled={!isReady} onClick={() => void core.startRun()}>
        Render
      </Button>
      <span>{isReady ? 'Nothing is rendering' : 'Waiting for ComfyUI'}</span>
    </div>
  );
}

function ActiveRun({
  run,
  waiting,
}: {
  readonly run: Run | undefined;
  readonly waiting: readonly Run[];
}): ReactNode {
  const { core } = useTools();
  const { connection } = useWorkspace();
  const toUrl = useAssetUrl();
  if (run === undefined) return null;
  const isOut = isOutOfContact(run, connection);
  const { progress } = run;
  const preview = progress?.previewAssetId;
  return (
    <div className="run-active" data-status={run.status}>
      <div className="run-preview">
        {preview === undefined ? (
          <Icon name={isOut ? 'alert' : iconOfActive(run)} />
        ) : (
          <img src={toUrl(preview)} alt="Live preview" />
        )}
      </div>
      <div className="run-facts">
        <p className="run-line">
          <strong>{describeRunStatus(run, isOut)}</strong>
          <span>{stepText(run)}</span>
          <span className="run-eta">
            {progress?.etaMs === undefined || isOut ? '' : formatRemaining(progress.etaMs)}
          </span>
        </p>
        <ProgressBar label={`Progress of ${run.label}`} fraction={progress?.fraction ?? 0} />
        {isOut && <p className="stall">{OUT_OF_CONTACT}</p>}
        {run.stall !== undefined && !isOut && <StallNotice run={run} stall={run.stall} />}
        <p className="run-label">
          {run.label}
          {waiting.length > 0 && ` · ${String(waiting.length)} more waiting`}
        </p>
      </div>
      {run.status === 'proposed' ? (
        <Button kind="primary" icon="play" onClick={() => void core.releaseRun(run.promptId)}>
          Start
        </Button>
      ) : null}
      <IconButton
        icon="close"
        label="Cancel this run"
        onClick={() => void core.cancelRun(run.promptId)}
      />
    </div>
  );
}

function iconOfActive({ status, stall }: Run): IconName {
  if (stall !== undefined) return 'alert';
  return status === 'running' ? 'spinner' : 'clock';
}

function stepText(run: Run): string {
  const { progress } = run;
  if (progress === undefined) return '';
  const { step, steps, finishedNodes, totalNodes } = progress;
  const nodes = `node ${String(Math.min(finishedNodes + 1, totalNodes))} of ${String(totalNodes)}`;
  return step === undefined || steps === undefined
    ? nodes
    : `step ${String(step)} of ${String(steps)} · ${nodes}`;
}

function Filmstrip({ runs }: { readonly runs: readonly Run[] }): ReactNode {
  const { view } = useTools();
  const toUrl = useAssetUrl();
  const pane = useApp((state) => state.view.pane);
  if (runs.length === 0) return null;
  return (
    <ol className="filmstrip" aria-label="Latest pictures">
      {runs.map((run) => {
        const picture = picturesOf(run)[0];
        if (picture === undefined) return null;
        const isShown = pane.kind === 'picture' && pane.promptId === run.promptId;
        return (
          <li key={run.promptId}>
            <button
              type="button"
              aria-pressed={isShown}
              aria-label={`Show ${run.label}`}
              title={run.label}
              onClick={() => view.showPane({ kind: 'picture', promptId: run.promptId })}
            >
              <Picture src={toUrl(picture.assetId, 256)} alt={run.label} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}
