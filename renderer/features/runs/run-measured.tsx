import type { ReactNode } from 'react';
import type { Run } from '../../../core/contract/run/run.schema.ts';
import { describeMeasurement } from '../../../core/domain/machine/describe-measurement.ts';
import { describeRunLine } from '../../../core/domain/machine/describe-run-line.ts';
import { formatGigabytes } from '../../ui/format.ts';

/** "Rendered in 4.2 s · GPU 98 % · VRAM 12.4/24 GB", and node by node what that was made of. */
export function RunMeasured({ run }: { readonly run: Run }): ReactNode {
  if (run.fromCache === true) return <p className="run-took">Nothing new to render</p>;
  const line = describeRunLine(run);
  if (line === undefined) return null;
  const { measured } = run;
  const nodes = [...(measured?.nodes ?? [])].sort((a, b) => b.vramPeak - a.vramPeak);
  return (
    <>
      <p className="run-took">{line}</p>
      {measured !== undefined && nodes.length > 0 && (
        <details>
          <summary>Memory by node</summary>
          <dl className="values is-table">
            {nodes.map(({ nodeId, nodeTitle, vramPeak }) => (
              <div key={nodeId}>
                <dt>{nodeTitle}</dt>
                <dd>{formatGigabytes(vramPeak)}</dd>
              </div>
            ))}
          </dl>
          <p className="run-measured-note">{describeMeasurement(measured)}</p>
        </details>
      )}
    </>
  );
}
