import { type ReactNode, useState } from 'react';
import type { Batch, BatchItem } from '../../../core/contract/run/batch.schema.ts';
import type { SessionState } from '../../../core/contract/session.schema.ts';
import { isItemOver, runOfItem } from '../../../core/domain/batch/find-batch.ts';
import { useAssetUrl, useTools } from '../../state/app-context.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { picturesOf } from '../runs/select-runs.ts';
import { comparedRuns, describeItem, iconOf } from './select-batches.ts';

interface SheetProps {
  readonly batch: Batch;
  readonly session: SessionState;
}

/** All renders of a plan, with what tells them apart; two of them can be compared large, one can be used. */
export function ContactSheet({ batch, session }: SheetProps): ReactNode {
  const { view } = useTools();
  const [ticked, setTicked] = useState<readonly number[]>([]);
  const tick = (index: number): void => {
    const next = ticked.includes(index)
      ? ticked.filter((each) => each !== index)
      : [...ticked, index].slice(-2);
    setTicked(next);
    const pair = comparedRuns(session, batch, next);
    if (pair === undefined) return;
    const [{ promptId: against }, { promptId }] = pair;
    view.showPane({ kind: 'picture', promptId, against });
  };
  return (
    <>
      <ol className="contact-sheet" aria-label={`Renders of ${batch.title}`}>
        {batch.items.map((item, index) => (
          <li key={item.label}>
            <Frame
              batch={batch}
              session={session}
              item={item}
              index={index}
              isTicked={ticked.includes(index)}
              onTick={() => tick(index)}
            />
          </li>
        ))}
      </ol>
      <p className="sheet-hint" role="status">
        {ticked.length === 1 ? 'Choose one more to compare the two.' : ''}
      </p>
    </>
  );
}

interface FrameProps extends SheetProps {
  readonly item: BatchItem;
  readonly index: number;
  readonly isTicked: boolean;
  readonly onTick: () => void;
}

function Frame({ batch, session, item, index, isTicked, onTick }: FrameProps): ReactNode {
  const { core, view } = useTools();
  const toUrl = useAssetUrl();
  const run = runOfItem(session, item);
  const picture = run === undefined ? undefined : picturesOf(run)[0];
  const preview = run?.progress?.previewAssetId;
  const isOpen = !isItemOver(session, item) && batch.status !== 'cancelled';
  return (
    <article
      className="sheet-frame"
      aria-label={item.label}
      data-status={run?.status ?? item.status}
    >
      {picture !== undefined && run !== undefined ? (
        <button
          type="button"
          className="sheet-picture"
          aria-label={`Show ${item.label} large`}
          onClick={() => view.showPane({ kind: 'picture', promptId: run.promptId })}
        >
          <Picture
            src={toUrl(picture.assetId, 256)}
            alt={item.label}
            width={picture.width}
            height={picture.height}
          />
        </button>
      ) : (
        <div className="sheet-picture">
          {run?.status === 'running' && preview !== undefined ? (
            <img src={toUrl(preview)} alt="Live preview" />
          ) : (
            <Icon name={iconOf(session, batch, item)} />
          )}
        </div>
      )}
      <div className="sheet-line">
        <div>
          <strong>{item.label}</strong>
          <small>{describeItem(session, batch, item)}</small>
        </div>
        {isOpen ? (
          <IconButton
            icon="close"
            label={`${run === undefined ? 'Leave out' : 'Cancel'} ${item.label}`}
            onClick={() => void core.cancelBatch(batch.batchId, index)}
          />
        ) : null}
        {picture === undefined ? null : (
          <IconButton
            icon="compare"
            label={`Compare ${item.label}`}
            aria-pressed={isTicked}
            onClick={onTick}
          />
        )}
      </div>
      {run?.status === 'running' ? (
        <ProgressBar label={item.label} fraction={run.progress?.fraction ?? 0} />
      ) : null}
      {picture === undefined ? null : (
        <Button onClick={() => void core.useBatchItem(batch.batchId, index)}>Use this one</Button>
      )}
    </article>
  );
}
