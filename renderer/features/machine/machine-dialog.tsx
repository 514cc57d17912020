import { type ReactNode, useEffect, useState } from 'react';
import type { ObservedPeak } from '../../../core/contract/machine/forecast.schema.ts';
import { describeGpuTrouble } from '../../../core/domain/machine/hardware/describe-gpu-trouble.ts';
import { describeHardware } from '../../../core/domain/machine/hardware/describe-hardware.ts';
import { useApp, useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatGigabytes, formatWhen } from '../../ui/format.ts';
import './machine.css';

/** The graphics card: what the next run will need of it, who holds it now, what it is, what runs took here. */
export function MachineDialog(): ReactNode {
  const { view } = useTools();
  return (
    <Dialog title="Graphics card" onClose={() => view.showDialog(null)}>
      <div className="dialog-body machine-dialog">
        <NextRun />
        <Hardware />
        <Peaks />
      </div>
    </Dialog>
  );
}

function NextRun(): ReactNode {
  const forecast = useApp((state) => state.forecast);
  return (
    <section aria-label="The next render">
      <h3>The next render</h3>
      {forecast === null ? (
        <p className="dialog-note">Open a workflow to see what a render of it will need.</p>
      ) : (
        <ul className="plain-lines">
          {forecast.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Hardware(): ReactNode {
  const { hardware, gpuTrouble } = useWorkspace();
  const trouble = gpuTrouble === undefined ? undefined : describeGpuTrouble(gpuTrouble);
  return (
    <section aria-label="This machine">
      <h3>What ComfyUI runs on</h3>
      {hardware === undefined ? (
        <p className="dialog-note">Known once ComfyUI is connected.</p>
      ) : (
        <ul className="plain-lines">
          {describeHardware(hardware).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {trouble !== undefined && (
        <p className="dialog-note">
          {trouble.sentence} {trouble.nextStep}
        </p>
      )}
    </section>
  );
}

function Peaks(): ReactNode {
  const { core } = useTools();
  const [peaks, setPeaks] = useState<readonly ObservedPeak[]>([]);
  useEffect(() => {
    let isShown = true;
    void core.listPeaks().then((found) => {
      if (isShown) setPeaks(found);
    });
    return () => {
      isShown = false;
    };
  }, [core]);
  const forget = (): void => {
    void core.forgetPeaks().then((isForgotten) => {
      if (isForgotten) setPeaks([]);
    });
  };
  return (
    <section aria-label="What renders took here">
      <h3>What renders took here</h3>
      {peaks.length === 0 ? (
        <p className="dialog-note">
          Nothing yet. What renders take of the card is remembered on this machine, to make the
          forecast better.
        </p>
      ) : (
        <>
          <dl className="values is-table machine-peaks">
            {peaks.toReversed().map((peak) => (
              <div key={keyOf(peak)}>
                <dt>
                  {describePeak(peak)} <small>{formatWhen(peak.at)}</small>
                </dt>
                <dd>
                  {peak.isFull ? 'filled the card' : formatGigabytes(peak.need)}
                  {peak.runs > 1 && <small> · {String(peak.runs)} times</small>}
                </dd>
              </div>
            ))}
          </dl>
          <Button kind="plain" icon="trash" onClick={forget}>
            Forget all of it
          </Button>
        </>
      )}
    </section>
  );
}

function describePeak({
  familyName,
  width,
  height,
  batch,
  frames,
  precision,
}: ObservedPeak): string {
  return [
    familyName,
    `${String(width)} × ${String(height)}`,
    ...(frames > 1 ? [`${String(frames)} frames`] : []),
    ...(batch > 1 ? [`${String(batch)} at once`] : []),
    precision,
  ].join(', ');
}

function keyOf({ family, gpu, ...peak }: ObservedPeak): string {
  return `${family} ${gpu} ${describePeak({ family, gpu, ...peak })}`;
}
