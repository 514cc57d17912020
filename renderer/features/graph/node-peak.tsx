import type { ReactNode } from 'react';
import { useApp } from '../../state/app-context.ts';
import { formatGigabytes } from '../../ui/format.ts';
import { newestPeakOf } from '../runs/select-runs.ts';

/** The graphics memory that was in use while this node worked last, where that was measured. */
export function NodePeak({
  nodeId,
  nodeTitle,
}: {
  readonly nodeId: string;
  readonly nodeTitle: string;
}): ReactNode {
  const peak = useApp((state) =>
    newestPeakOf(state.session?.state.runs ?? [], { nodeId, nodeTitle }),
  );
  if (peak === undefined) return null;
  const text = formatGigabytes(peak);
  return (
    <span className="node-peak" title={`Up to ${text} of the card was in use while this worked`}>
      {text}
    </span>
  );
}
