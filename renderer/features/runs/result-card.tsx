import type { ReactNode } from 'react';
import type { Check, Output, Run, Verdict } from '../../../core/contract/run/run.schema.ts';
import { useAssetUrl, useSession, useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { COPY_FAILED, copyText } from '../../ui/copy-text.ts';
import { count, formatRemaining } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ErrorNotice } from '../chat/error-notice.tsx';
import { toValueText } from '../graph/build-scene-node.ts';
import { ReceiptButton } from './receipt-dialog.tsx';
import {
  OUT_OF_CONTACT,
  describeRunStatus,
  describeStall,
  isActive,
  isOutOfContact,
  pictureBefore,
  picturesOf,
} from './select-runs.ts';
import { RunMeasured } from './run-measured.tsx';
import { settingsText } from './settings-text.ts';
import './runs.css';
import './stall.css';

/** A run in the conversation: on its way, then what came of it. */
export function ResultCard({ run }: { readonly run: Run }): ReactNode {
  const isOut = isOutOfContact(run, useWorkspace().connection);
  return (
    <section className="card result" aria-label={`Run: ${run.label}`} data-status={run.status}>
      <header className="card-head">
        <Icon name={isOut ? 'alert' : iconOf(run)} />
        <h3>{run.label}</h3>
        <span className={`status is-${run.status}`}>{describeRunStatus(run, isOut)}</span>
      </header>
      {isOut && <p className="stall">{OUT_OF_CONTACT}</p>}
      {run.stall !== undefined && !isOut && <p className="stall">{describeStall(run.stall)}</p>}
      {isActive(run) ? <OnItsWay run={run} isOut={isOut} /> : <Finished run={run} />}
    </section>
  );
}

function iconOf(run: Run): IconName {
  if (run.stall !== undefined) return 'alert';
  if (run.status === 'running' || run.status === 'succeeded') return 'spinner';
  if (run.status === 'queued' || run.status === 'proposed') return 'clock';
  if (run.status === 'verified') return 'check';
  return run.status === 'cancelled' ? 'stop' : 'alert';
}

function OnItsWay({ run, isOut }: { readonly run: Run; readonly isOut: boolean }): ReactNode {
  const { core } = useTools();
  const eta = isOut ? undefined : run.progress?.etaMs;
  return (
    <div className="result-way">
      <ProgressBar label={run.label} fraction={run.progress?.fraction ?? 0} />
      <span>{eta === undefined ? '' : formatRemaining(eta)}</span>
      {run.status === 'proposed' && (
        <Button kind="primary" icon="play" onClick={() => void core.releaseRun(run.promptId)}>
          Start render
        </Button>
      )}
      {run.status !== 'running' && (
        <Button kind="plain" icon="close" onClick={() => void core.cancelRun(run.promptId)}>
          Cancel
        </Button>
      )}
    </div>
  );
}

function Finished({ run }: { readonly run: Run }): ReactNode {
  const pictures = picturesOf(run);
  return (
    <>
      {run.failure !== undefined && <ErrorNotice error={run.failure} />}
      {pictures.length > 0 && <Pictures run={run} pictures={pictures} />}
      {run.verdict !== undefined && <VerdictView verdict={run.verdict} />}
      {run.warnings.map((warning) => (
        <p key={warning.message} className="result-warning">
          <Icon name="alert" />
          {warning.message}
        </p>
      ))}
      <Values run={run} />
    </>
  );
}

function Pictures({
  run,
  pictures,
}: {
  readonly run: Run;
  readonly pictures: readonly Output[];
}): ReactNode {
  const { view } = useTools();
  const toUrl = useAssetUrl();
  return (
    <div className={`result-pictures ${pictures.length > 1 ? 'is-many' : ''}`}>
      {pictures.map((picture) => (
        <button
          key={picture.assetId}
          type="button"
          aria-label={`Show ${picture.filename} large`}
          onClick={() =>
            view.showPane({ kind: 'picture', promptId: run.promptId, assetId: picture.assetId })
          }
        >
          <Picture
            src={toUrl(picture.assetId, 1024)}
            alt={`${run.label}, ${picture.filename}`}
            width={picture.width}
            height={picture.height}
          />
        </button>
      ))}
    </div>
  );
}

const CHECKS: Readonly<Record<Check['outcome'], { icon: IconName; word: string }>> = {
  met: { icon: 'check', word: 'Met' },
  'not-met': { icon: 'alert', word: 'Not met' },
  unknown: { icon: 'circle', word: 'Could not be checked' },
};

function VerdictView({ verdict }: { readonly verdict: Verdict }): ReactNode {
  return (
    <div className={`verdict is-${verdict.outcome}`} role="group" aria-label="Verdict">
      <p className="verdict-line">
        <Icon name={verdict.outcome === 'as-asked' ? 'check' : 'alert'} />
        {verdict.summary}
      </p>
      <details open={verdict.outcome !== 'as-asked'}>
        <summary>{count(verdict.checks.length, 'check')}</summary>
        <ul>
          {verdict.checks.map((check) => (
            <li key={check.what} className={`check-line is-${check.outcome}`}>
              <Icon name={CHECKS[check.outcome].icon} />
              <span className="visually-hidden">{CHECKS[check.outcome].word}: </span>
              <span>
                {check.what}
                {check.detail !== undefined && <small> {check.detail}</small>}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function Values({ run }: { readonly run: Run }): ReactNode {
  const { core, view } = useTools();
  const session = useSession();
  const values = Object.entries(run.keyValues);
  const seeds = values.filter(([name]) => /\bseed\b/i.test(name));
  const others = values.filter((entry) => !seeds.includes(entry));
  const picture = picturesOf(run)[0];
  const isComparable =
    picture !== undefined && pictureBefore(session?.runs ?? [], run, picture) !== undefined;
  const copy = async (): Promise<void> => {
    view.showText((await copyText(settingsText(run))) ? 'Settings copied.' : COPY_FAILED);
  };
  return (
    <footer className="result-foot">
      <RunMeasured run={run} />
      <dl className="values">
        {seeds.map(([name, value]) => (
          <Value key={name} name={name} text={toValueText(value)} />
        ))}
      </dl>
      {others.length > 0 && (
        <details>
          <summary>{count(others.length, 'setting')}</summary>
          <dl className="values is-table">
            {others.map(([name, value]) => (
              <Value key={name} name={name} text={toValueText(value)} />
            ))}
          </dl>
        </details>
      )}
      <div className="result-actions">
        {picture !== undefined && (
          <Button
            kind="plain"
            icon={isComparable ? 'compare' : 'picture'}
            onClick={() => view.showPane({ kind: 'picture', promptId: run.promptId })}
          >
            {isComparable ? 'Compare' : 'Show large'}
          </Button>
        )}
        {values.length > 0 && (
          <Button kind="plain" icon="copy" onClick={() => void copy()}>
            Copy settings
          </Button>
        )}
        <ReceiptButton run={run} />
        {picture !== undefined && (
          <Button
            kind="plain"
            icon="nodes"
            onClick={() => void core.openWorkflow({ kind: 'output', assetId: picture.assetId })}
          >
            Open its workflow
          </Button>
        )}
      </div>
    </footer>
  );
}

function Value({ name, text }: { readonly name: string; readonly text: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
