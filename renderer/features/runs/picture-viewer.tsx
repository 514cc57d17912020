import { type ReactNode, useState } from 'react';
import type { Output, Run } from '../../../core/contract/run/run.schema.ts';
import { useAssetUrl, useSession, useTools } from '../../state/app-context.ts';
import { IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { BeforeAfter } from './before-after.tsx';
import { pictureBefore, picturesOf, samePictureOf } from './select-runs.ts';
import './runs.css';

/** One picture as large as the pane, alone or against another: the one before it, unless one was chosen. */
export function PictureViewer({
  promptId,
  assetId,
  against,
}: {
  readonly promptId: string;
  readonly assetId?: string | undefined;
  readonly against?: string | undefined;
}): ReactNode {
  const session = useSession();
  const run = session?.runs.find((item) => item.promptId === promptId);
  if (session === null || run === undefined) return null;
  const pictures = picturesOf(run);
  const picture = pictures.find((item) => item.assetId === assetId) ?? pictures[0];
  if (picture === undefined) return null;
  const chosen = session.runs.find((item) => item.promptId === against);
  const previous =
    chosen === undefined
      ? pictureBefore(session.runs, run, picture)
      : samePictureOf(chosen, picture);
  return (
    <Viewer
      key={`${picture.assetId} ${against ?? ''}`}
      run={run}
      picture={picture}
      previous={previous}
      words={chosen && [chosen.label, run.label]}
    />
  );
}

function Viewer({
  run,
  picture,
  previous,
  words,
}: {
  readonly run: Run;
  readonly picture: Output;
  readonly previous: Output | undefined;
  /** Names of both, where two were chosen to be compared. */
  readonly words: readonly [string, string] | undefined;
}): ReactNode {
  const { view } = useTools();
  const toUrl = useAssetUrl();
  const [mode, setMode] = useState<'picture' | 'compare'>(
    previous === undefined ? 'picture' : 'compare',
  );
  const size =
    picture.width === undefined ? '' : `${String(picture.width)} × ${String(picture.height ?? 0)}`;
  const isComparing = mode === 'compare' && previous !== undefined;
  return (
    <section className="viewer" aria-label="Picture">
      <header className="pane-head">
        <h2>{isComparing && words !== undefined ? words.join(' and ') : run.label}</h2>
        <span className="pane-note">
          {picture.filename} {size !== '' && `· ${size}`}
        </span>
        {previous !== undefined && (
          <Segmented
            label="How to show the picture"
            value={mode}
            options={[
              { value: 'picture', label: 'Picture' },
              { value: 'compare', label: words === undefined ? 'Before / after' : 'Both' },
            ]}
            onChange={setMode}
          />
        )}
        <IconButton
          icon="close"
          label="Back to the workflow"
          shortcut="Esc"
          onClick={() => view.showPane({ kind: 'workflow' })}
        />
      </header>
      <div className="viewer-stage">
        {isComparing ? (
          <BeforeAfter
            before={toUrl(previous.assetId)}
            after={toUrl(picture.assetId)}
            words={words}
          />
        ) : (
          <img src={toUrl(picture.assetId)} alt={`${run.label}, ${picture.filename}`} />
        )}
      </div>
    </section>
  );
}
