import type { Connection } from '../../../core/contract/machine/machine.schema.ts';
import type { Output, Run, RunProgress, RunStall } from '../../../core/contract/run/run.schema.ts';
import type { SessionState } from '../../../core/contract/session.schema.ts';

const ACTIVE = new Set<Run['status']>(['proposed', 'queued', 'running']);

/** True while a run waits or works. */
export function isActive(run: Run): boolean {
  return ACTIVE.has(run.status);
}

/** Runs that wait or work, the working one first. */
export function activeRuns(runs: readonly Run[]): readonly Run[] {
  const order: readonly Run['status'][] = ['running', 'queued', 'proposed'];
  return runs.filter(isActive).sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

/** Where the working run is; undefined when none works. */
export function runningProgress(session: SessionState | undefined): RunProgress | undefined {
  return session?.runs.find((run) => run.status === 'running')?.progress;
}

/** The pictures of a run, results before throw-away previews. */
export function picturesOf(run: Run): readonly Output[] {
  const pictures = run.outputs.filter(
    (output) => output.kind === 'image' || output.kind === 'animation',
  );
  const kept = pictures.filter((output) => output.folder === 'output');
  return kept.length > 0 ? kept : pictures;
}

/** Runs that left a picture, oldest first. */
export function runsWithPictures(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run) => picturesOf(run).length > 0);
}

/** The picture to compare with: of the nearest earlier run that left one, from the same node if possible. */
export function pictureBefore(runs: readonly Run[], run: Run, picture: Output): Output | undefined {
  const at = runs.findIndex((item) => item.promptId === run.promptId);
  const earlier = runsWithPictures(runs.slice(0, Math.max(0, at))).at(-1);
  return earlier && samePictureOf(earlier, picture);
}

/** A run's picture from the same node if possible, else its first. */
export function samePictureOf(run: Run, { nodeId }: Output): Output | undefined {
  const pictures = picturesOf(run);
  return pictures.find((item) => item.nodeId === nodeId) ?? pictures[0];
}

/** Asset of the newest picture that a node left; undefined when it left none. */
export function newestPictureOf(
  runs: readonly Run[],
  node: { readonly nodeId: string; readonly nodeTitle: string },
): string | undefined {
  // Another workflow of the same session may use the same number for another node.
  const isFrom = (output: Output): boolean =>
    output.nodeId === node.nodeId && output.nodeTitle === node.nodeTitle;
  const run = runs.findLast((item) => picturesOf(item).some(isFrom));
  return run && picturesOf(run).find(isFrom)?.assetId;
}

/** The most memory that was in use while a node worked, in the newest run that was measured; bytes. */
export function newestPeakOf(
  runs: readonly Run[],
  node: { readonly nodeId: string; readonly nodeTitle: string },
): number | undefined {
  const nodes = runs.findLast(({ measured }) => measured !== undefined)?.measured?.nodes ?? [];
  const peaks = nodes
    // A node inside a subgraph counts for the one that holds it.
    .filter(({ nodeId, nodeTitle }) =>
      nodeId === node.nodeId ? nodeTitle === node.nodeTitle : nodeId.startsWith(`${node.nodeId}:`),
    )
    .map(({ vramPeak }) => vramPeak);
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

/** True while the server that a run is on does not answer: what is shown of the run is from before. */
export function isOutOfContact(run: Run, connection: Connection | undefined): boolean {
  if (connection === undefined || !(run.status === 'queued' || run.status === 'running'))
    return false;
  const { url, isPractice, status } = connection;
  return run.server === (isPractice ? 'practice' : url) && LOST.has(status);
}

const LOST = new Set<Connection['status']>(['offline', 'error', 'connecting', 'discovering']);

/** Said of a run that is out of contact. */
export const OUT_OF_CONTACT =
  'ComfyUI does not answer. It may go on rendering; what came of it is looked up as soon as it answers again.';

/** A run that stands still, in words. */
export function describeStall({ quietMs, nodeTitle }: RunStall): string {
  const minutes = Math.max(1, Math.round(quietMs / 60_000));
  const time = minutes === 1 ? 'a minute' : `${String(minutes)} minutes`;
  return nodeTitle === undefined
    ? `Nothing has moved for ${time}. It may still go on by itself; nothing was stopped.`
    : `${nodeTitle} has given no sign for ${time}, longer than it usually takes. It may still go on by itself; nothing was stopped.`;
}

/** A run's state in words. */
export function describeRunStatus(run: Run, isOut = false): string {
  if (isOut) return 'No contact';
  if (run.stall !== undefined) return 'Stands still';
  switch (run.status) {
    case 'proposed':
      return 'Waits for you';
    case 'queued': {
      const ahead = run.queuePosition ?? 0;
      return ahead === 0 ? 'Next in line' : `${String(ahead)} ahead in the queue`;
    }
    case 'running':
      return run.progress?.nodeTitle ?? 'Starting';
    case 'succeeded':
      return 'Checking the result';
    case 'verified':
      return 'As asked';
    case 'needs-attention':
      return 'Have a look';
    case 'failed':
      return 'Did not finish';
    case 'unclear':
      return 'Not known how it ended';
    case 'cancelled':
      return 'Cancelled';
    default:
      return run.status satisfies never;
  }
}
