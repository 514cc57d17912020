import type { ReactNode } from 'react';
import { useApp } from '../../state/app-context.ts';
import { runningProgress } from '../runs/select-runs.ts';

/** The bar on the node that is being worked on; listens by itself, so that a step redraws one node only. */
export function NodeProgress({ nodeId }: { readonly nodeId: string }): ReactNode {
  const fraction = useApp((state) => {
    const progress = runningProgress(state.session?.state);
    // A node inside a subgraph shows on the node that holds it.
    if (progress?.nodeId?.split(':')[0] !== nodeId) return null;
    const { step, steps } = progress;
    return step === undefined || steps === undefined || steps === 0 ? 0 : step / steps;
  });
  if (fraction === null) return null;
  return (
    <div className={`node-progress ${fraction === 0 ? 'is-unknown' : ''}`} title="Running">
      <span style={{ transform: `scaleX(${String(fraction)})` }} />
    </div>
  );
}
