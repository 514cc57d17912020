import type { ReactNode } from 'react';
import type { Batch } from '../../../core/contract/run/batch.schema.ts';
import { isBatchOver } from '../../../core/domain/batch/batch-reducer.ts';
import { useApp, useSession, useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useFocusAfterAnswer } from '../chat/focus-message.ts';
import { ErrorNotice } from '../chat/error-notice.tsx';
import { toggleOp } from '../changes/choose-ops.ts';
import { ContactSheet } from './contact-sheet.tsx';
import { describeBatch, describeEstimate, failuresOf, valuesOf } from './select-batches.ts';
import './batches.css';

/** Several renders as one plan: a table to accept once, then a sheet of what came of each. */
export function BatchCard({ batch }: { readonly batch: Batch }): ReactNode {
  const session = useSession();
  const { status, title, batchId } = batch;
  useFocusAfterAnswer(status === 'proposed');
  if (session === null) return null;
  const pausedBy = status === 'paused' ? batch.pausedBy : undefined;
  return (
    <section
      className="card batch"
      aria-label={`Plan: ${title}`}
      data-status={status}
      data-batch={batchId}
    >
      <header className="card-head">
        <Icon name={status === 'paused' ? 'alert' : 'picture'} />
        <h3>{title}</h3>
        <span className={`status is-${status}`}>{describeBatch(session, batch)}</span>
      </header>
      {status === 'proposed' ? <Plan batch={batch} /> : null}
      {status === 'rejected' ? <p>Nothing was queued.</p> : null}
      {pausedBy === undefined ? null : <Paused batch={batch} error={pausedBy} />}
      {batch.decidedAt === undefined || status === 'rejected' ? null : (
        <>
          <ContactSheet batch={batch} session={session} />
          <Failures failures={failuresOf(session, batch)} isOpen={pausedBy === undefined} />
        </>
      )}
      {status !== 'proposed' && !isBatchOver(batch) ? <StopAll batchId={batchId} /> : null}
    </section>
  );
}

function Plan({ batch }: { readonly batch: Batch }): ReactNode {
  const { core, view } = useTools();
  const { batchId, items, axes } = batch;
  const leftOut = useApp((state) => state.view.leftOut[batchId]) ?? [];
  const kept = items.flatMap((_, index) => (leftOut.includes(index) ? [] : [index]));
  return (
    <>
      <div className="batch-table">
        <table>
          <thead>
            <tr>
              <th scope="col">Render</th>
              {axes.length === 0 ? (
                <th scope="col">What differs</th>
              ) : (
                axes.map(({ nodeId, widget, label }) => (
                  <th key={`${nodeId} ${widget}`} scope="col">
                    {label}
                  </th>
                ))
              )}
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => (
              <tr key={item.label} className={leftOut.includes(index) ? 'is-left-out' : ''}>
                <td>
                  <label>
                    <input
                      type="checkbox"
                      className="check"
                      checked={!leftOut.includes(index)}
                      aria-label={`Render ${item.label}`}
                      onChange={() => view.setLeftOut(batchId, toggleOp(leftOut, index, []))}
                    />
                    {index + 1}
                  </label>
                </td>
                {axes.length === 0 ? (
                  <td>{item.label}</td>
                ) : (
                  valuesOf(item).map((value, at) => <td key={at}>{value}</td>)
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="batch-total">
        {describeEstimate(batch, kept.length)} Your workflow stays as it is.
      </p>
      <div className="batch-actions">
        <Button
          kind="primary"
          icon="play"
          disabled={kept.length === 0}
          onClick={() => void core.answerBatch(batch, kept)}
        >
          {kept.length === items.length
            ? `Render all ${String(items.length)}`
            : `Render ${String(kept.length)} of ${String(items.length)}`}
        </Button>
        <Button kind="plain" icon="close" onClick={() => void core.answerBatch(batch, [])}>
          Reject
        </Button>
      </div>
    </>
  );
}

function Paused({
  batch,
  error,
}: {
  readonly batch: Batch;
  readonly error: NonNullable<Batch['pausedBy']>;
}): ReactNode {
  const { core } = useTools();
  return (
    <div className="batch-paused">
      <p>The next one would probably end like this too, so the rest waits for you.</p>
      <ErrorNotice error={error} />
      <Button icon="play" onClick={() => void core.continueBatch(batch.batchId)}>
        Go on with the rest
      </Button>
    </div>
  );
}

function Failures({
  failures,
  isOpen,
}: {
  readonly failures: ReturnType<typeof failuresOf>;
  readonly isOpen: boolean;
}): ReactNode {
  if (failures.length === 0) return null;
  const count = failures.reduce((sum, { labels }) => sum + labels.length, 0);
  return (
    <details className="batch-failures" open={isOpen}>
      <summary>{count === 1 ? 'One' : String(count)} did not finish</summary>
      {failures.map(({ labels, error }) => (
        <div key={labels[0]}>
          <strong>{labels.join(', ')}</strong>
          <ErrorNotice error={error} />
        </div>
      ))}
    </details>
  );
}

function StopAll({ batchId }: { readonly batchId: string }): ReactNode {
  const { core } = useTools();
  return (
    <div className="batch-actions">
      <Button icon="stop" onClick={() => void core.cancelBatch(batchId)}>
        Stop all of it
      </Button>
    </div>
  );
}
