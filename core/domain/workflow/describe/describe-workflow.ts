import {
  describeFlow,
  describeIdle,
  describeLoads,
  describePurpose,
  describeResults,
  describeSampling,
  describeSize,
  describeTexts,
} from './describe-parts.ts';
import type { WorkflowView } from '../view/view.ts';

/**
 * Explains a workflow in a few sentences: what it makes, loads and asks for, size, sampling, the way
 * through it, where results come out, and what is muted.
 */
export function describeWorkflow(view: WorkflowView): string[] {
  const running = view.nodes.filter((node) => node.mode === 'active' && !node.isVirtual);
  if (running.length === 0) return ['This workflow has no nodes that would run.'];
  const sentences = [
    describePurpose(view, running),
    describeLoads(running),
    ...describeTexts(view, running),
    describeSize(view, running),
    ...describeSampling(view, running).slice(0, MOST_SAMPLERS),
    describeFlow(view, running),
    describeResults(running),
    describeUnknown(view),
    describeIdle(view),
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}

/** More samplers than this say the same again. */
const MOST_SAMPLERS = 3;

function describeUnknown(view: WorkflowView): string | undefined {
  const unknown = view.nodes.filter((node) => node.nodeClass === undefined && !node.isVirtual);
  // Inside of subgraphs is known; only their outside has no class.
  const missing = unknown.filter((node) => !/^[0-9a-f-]{36}$/.test(node.classType));
  if (missing.length === 0) return undefined;
  const names = [...new Set(missing.map((node) => node.classType))].slice(0, 5);
  return `This ComfyUI does not know ${names.length === 1 ? 'the node' : 'the nodes'} ${names.join(', ')}.`;
}
