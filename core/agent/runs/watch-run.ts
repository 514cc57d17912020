import { type Disposable, createDisposableBag, toDisposable } from '../../base/disposable.ts';
import type { JsonObject } from '../../base/json.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Output, Run } from '../../contract/run/run.schema.ts';
import type { Problem } from '../../contract/workflow.schema.ts';
import { redactText } from '../../domain/failure/redact-text.ts';
import { interpretFailure } from '../../domain/run/interpret-failure.ts';
import {
  type ProgressState,
  startProgress,
  toRunProgress,
  trackProgress,
} from '../../domain/run/track-progress.ts';
import { type RunWork, workOf } from '../../domain/run/work-of.ts';
import type { WorkflowView } from '../../domain/workflow/view/view.ts';
import type { Assets, Images } from '../../ports/assets.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy, ComfyEvent, HistoryEntry } from '../../ports/comfy.ts';
import type { Log } from '../../ports/log.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import type { ForecastDesk } from '../machine/forecast-desk.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { findResults } from './find-results.ts';
import { createProgressGate, followRun } from './follow-run.ts';
import type { RunIntent } from './prepare-run.ts';
import { createRunGauge } from './run-gauge.ts';
import type { LearnedTimes } from './pace/learned-times.ts';
import { watchPace } from './pace/watch-pace.ts';
import { serverName } from './server-name.ts';
import { toOutput, toTextOutput } from './to-output.ts';
import { verifyOutputs } from './verify-outputs.ts';

/** What watching needs. */
export interface WatchRunParts {
  readonly clock: Clock;
  readonly assets: Assets;
  readonly images: Images;
  readonly link: ComfyLink;
  readonly log: Log;
  readonly learned: LearnedTimes;
  /** Takes what a run took of the graphics card. */
  readonly learn: ForecastDesk['learn'];
}

/** A queued run and where it runs. */
export interface WatchedRun {
  readonly store: SessionStore;
  readonly promptId: string;
  readonly intent: RunIntent;
  readonly comfy: Comfy;
  /** Node ids that will run, with their classes. */
  readonly payload: JsonObject;
  /** Set when it is not sure that the server got the run: what to say if it never did. */
  readonly ifLost?: AppError | undefined;
  /** True when it was submitted before this process. */
  readonly isRecalled?: boolean;
  /** True once the artist stopped it. */
  readonly isUnwanted: () => boolean;
  /** Called once ComfyUI has nothing more to say about it. */
  readonly onOver: () => void;
}

/** At most ten actions a second from one run's progress. */
const PROGRESS_INTERVAL_MS = 100;

/** Turns what happens to a run into actions of its session, to its end and its verdict. */
export function watchRun(parts: WatchRunParts, watched: WatchedRun): Disposable {
  const { clock, assets, link, log } = parts;
  const { store, promptId, intent, comfy, payload, onOver, ifLost, isUnwanted } = watched;
  const { view } = intent;
  const context = { view, server: serverName(comfy.connection), assets, promptId };
  const bag = createDisposableBag();
  // Another server may be taken meanwhile; this one is needed until the pictures were looked at.
  const lease = link.hold(comfy);
  const { server } = context;
  const work = workOf(payload, link.catalog);
  const pace = bag.add(
    watchPace(parts, {
      store,
      promptId,
      payload: work.payload,
      view,
      server,
      comfy,
      isRecalled: watched.isRecalled ?? false,
    }),
  );
  let progress: ProgressState = startProgress(work.payload, {
    times: parts.learned.now,
    server,
  });
  const leftOut: Problem[] = [];
  let previewAssetId: string | undefined;
  let position: number | undefined;
  const gate = bag.add(
    createProgressGate(clock, PROGRESS_INTERVAL_MS, (latest) => {
      store.dispatch({ type: 'run/progress', promptId, progress: latest });
    }),
  );
  const gauge = bag.add(createRunGauge({ link, clock, comfy }, () => progress.current));
  const measured = (): ReturnType<typeof gauge.told> =>
    gauge.told((nodeId) => view.node(nodeId)?.title ?? `Node ${nodeId}`);

  const take = (event: ComfyEvent): void => {
    if (event.kind === 'preview') {
      const { bytes, mediaType } = event;
      previewAssetId = assets.register({ kind: 'bytes', bytes, mediaType }, promptId);
    }
    if (event.kind === 'node-output') {
      const outputs = event.files.map((file) => toOutput(file, context));
      store.dispatch({ type: 'run/output', promptId, outputs });
    }
    if (event.kind === 'blocked') leftOut.push(toLeftOut(event, view));
    pace.event(event);
    progress = trackProgress(progress, event, clock.now());
    const preview = previewAssetId === undefined ? {} : { previewAssetId };
    gate.push({ ...toRunProgress(progress, view, clock.now()), ...preview });
  };
  const toOutputs = (entry: HistoryEntry): readonly Output[] => [
    ...entry.files.map((file) => toOutput(file, context)),
    ...entry.texts.map(({ nodeId, text }) => toTextOutput(nodeId, text, context)),
  ];
  const runNow = (): Run | undefined => store.state.runs.find((run) => run.promptId === promptId);
  const statusNow = (): Run['status'] | undefined => runNow()?.status;
  /** The server knows the run, so it was sent, whatever became of the answer. */
  const confirm = (): void => {
    if (statusNow() === 'proposed') store.dispatch({ type: 'run/queued', promptId, warnings: [] });
  };
  const endLost = (failure: AppError, outputs: readonly Output[]): void => {
    if (statusNow() === 'succeeded') {
      // It ended well before the core stopped; only the look at its pictures is missing.
      const summary = 'Rendered, but not checked: ComfyUI no longer knows this run.';
      const verdict = { outcome: 'needs-attention', summary, checks: [] } as const;
      store.dispatch({ type: 'run/verified', promptId, verdict });
      return;
    }
    const wasSent = statusNow() !== 'proposed';
    const neverSent = !wasSent && ifLost === undefined && outputs.length === 0;
    store.dispatch({
      type: 'run/ended',
      promptId,
      outputs,
      ...measured(),
      ...(isUnwanted() || neverSent
        ? { status: 'cancelled' }
        : { status: 'unclear', failure: (wasSent ? undefined : ifLost) ?? failure }),
    });
  };
  const learnFrom = ({ cachedNodes }: HistoryEntry, fromCache: boolean): void => {
    const took = measured().measured;
    if (took === undefined || fromCache) return;
    parts.learn({ view, measured: took, cachedNodes }).catch((cause: unknown) => {
      log.unexpected('what a run took could not be kept', cause);
    });
  };
  const endWell = async (entry: HistoryEntry): Promise<void> => {
    const fromCache = isHandedBack(entry, work);
    const outputs = toOutputs(entry);
    const warnings = [...(runNow()?.warnings ?? []), ...leftOut];
    const finished = { outputs, comfy, payload, fromCache, intent, warnings };
    // Told before it is looked at: the time that a run took is the render's, not the look's.
    store.dispatch({
      type: 'run/ended',
      promptId,
      status: 'succeeded',
      outputs,
      fromCache,
      ...measured(),
    });
    learnFrom(entry, fromCache);
    const verified = await verifyOutputs(parts, finished);
    store.dispatch({ type: 'run/verified', promptId, ...verified });
  };
  const endBadly = (entry: HistoryEntry): void => {
    const outputs = toOutputs(entry);
    const failure: AppError | undefined =
      entry.failure === undefined ? undefined : interpretFailure(entry.failure, view, link.catalog);
    store.dispatch({
      type: 'run/ended',
      promptId,
      status: entry.ending === 'interrupted' ? 'cancelled' : 'failed',
      outputs,
      ...measured(),
      ...(failure === undefined ? {} : { failure }),
    });
  };

  bag.add(
    followRun({
      comfy,
      promptId,
      clock,
      findResults: () => {
        const told = runNow()?.outputs ?? [];
        return findResults(comfy, { promptId, payload, catalog: link.catalog, told });
      },
      observer: {
        queued: (next) => {
          confirm();
          if (next === position) return;
          position = next;
          pace.moved();
          store.dispatch({ type: 'run/queue-moved', promptId, queuePosition: next });
        },
        started: () => {
          confirm();
          gauge.start();
          pace.moved();
          store.dispatch({ type: 'run/started', promptId });
        },
        event: take,
        ended: (ending) => {
          bag.dispose();
          onOver();
          if ('lost' in ending) {
            const { lost, files } = ending;
            endLost(
              lost,
              files.map((file) => toOutput(file, context)),
            );
            lease.dispose();
            return;
          }
          confirm();
          const { entry } = ending;
          if (entry.ending !== 'succeeded') {
            endBadly(entry);
            lease.dispose();
            return;
          }
          pace.ended();
          endWell(entry)
            .catch((cause: unknown) => {
              log.unexpected('a finished run could not be verified', cause);
            })
            .finally(() => lease.dispose());
        },
      },
    }),
  );
  return toDisposable(() => {
    bag.dispose();
    lease.dispose();
  });
}

/**
 * True when the server had every result already, so that nothing was rendered anew. What feeds a result that it has
 * is not looked at, and need not be in its cache any more.
 */
function isHandedBack({ cachedNodes }: HistoryEntry, { results }: RunWork): boolean {
  return results.length > 0 && results.every((nodeId) => cachedNodes.includes(nodeId));
}

/** What a node said for itself when it let nothing pass, as ComfyUI's page shows it too. */
function toLeftOut(
  { nodeId, reason }: Extract<ComfyEvent, { readonly kind: 'blocked' }>,
  view: WorkflowView,
): Problem {
  const title = view.node(nodeId)?.title;
  const said = redactText(reason);
  return {
    type: 'execution_blocked',
    severity: 'warning',
    nodeId,
    ...(title === undefined ? {} : { nodeTitle: title }),
    message: said === '' ? 'it was left out.' : `it was left out: “${said}”.`,
  };
}
