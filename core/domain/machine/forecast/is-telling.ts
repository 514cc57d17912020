import type { RunMeasurement } from '../../../contract/machine/measurement.schema.ts';
import type { WorkflowView } from '../../workflow/view/view.ts';

/** Fewer measurements may have missed the peak. */
const ENOUGH_SAMPLES = 4;

/** True when a run's memory says what such a run needs: it was measured well, and nothing heavy came from the cache. */
export function isTelling(
  measured: RunMeasurement,
  cachedNodes: readonly string[],
  view: Pick<WorkflowView, 'node'>,
): boolean {
  if (measured.samples < ENOUGH_SAMPLES) return false;
  return !cachedNodes.some((nodeId) => {
    const node = view.node(nodeId);
    // Sampling and decoding; loaded models stay on the card although their loaders are cached.
    return (
      node?.inputs.some(({ type }) => type === 'MODEL' || type === 'VAE') === true &&
      node.outputs.some(({ type }) => type === 'LATENT' || type === 'IMAGE')
    );
  });
}
