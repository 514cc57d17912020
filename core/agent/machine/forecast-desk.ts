import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Forecast, ObservedPeak } from '../../contract/machine/forecast.schema.ts';
import type { RunMeasurement } from '../../contract/machine/measurement.schema.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import { forecastVram } from '../../domain/machine/forecast/forecast-vram.ts';
import { isTelling } from '../../domain/machine/forecast/is-telling.ts';
import { precisionOf } from '../../domain/machine/forecast/known-models.ts';
import { type ChangedWorkload, makeForecast } from '../../domain/machine/forecast/make-forecast.ts';
import { deriveHardware } from '../../domain/machine/hardware/derive-hardware.ts';
import { isOnThisMachine } from '../../domain/machine/loopback-address.ts';
import { type Workload, readWorkload } from '../../domain/machine/read-workload.ts';
import { applyOps } from '../../domain/workflow/ops/apply-ops.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { WorkflowView } from '../../domain/workflow/view/view.ts';
import type { Gpu } from '../../ports/gpu.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { openDocument } from '../workflows/open-document.ts';
import type { WorkspaceStore } from '../sessions/workspace-store.ts';
import { type ModelKnowledge, createModelKnowledge } from './model-knowledge.ts';
import type { PeakMemory } from './peak-memory.ts';

/** A run that ended well, and what of it came from ComfyUI's cache. */
export interface MeasuredRun {
  readonly view: WorkflowView;
  readonly measured: RunMeasurement;
  readonly cachedNodes: readonly string[];
}

/** Says before a run what it will need, and learns from what runs took. */
export interface ForecastDesk {
  readonly peaks: readonly ObservedPeak[];
  /** Of any workflow as it is, on the current ComfyUI. */
  forecastDocument(document: WorkflowDocument): Promise<Forecast>;
  /** Without an id: with the change set that waits for an answer, where there is one. */
  forecast(state: SessionState, changeSetId?: string): Promise<Result<Forecast, AppError>>;
  learn(run: MeasuredRun): Promise<void>;
  forget(): Promise<void>;
}

interface ForecastDeskParts {
  readonly link: ComfyLink;
  readonly workspace: WorkspaceStore;
  readonly memory: PeakMemory;
  readonly modelFiles: ModelFiles;
  readonly gpu?: Gpu | undefined;
}

/** Other programs with less than this are not worth asking the driver for. */
const WORTH_ASKING = 0.3 * 1024 ** 3;

/** Makes the desk. */
export function createForecastDesk(parts: ForecastDeskParts): ForecastDesk {
  const { link, workspace, memory, gpu } = parts;
  const knowledge: ModelKnowledge = createModelKnowledge(parts);
  const statsNow = async () => {
    const told = await link.current?.systemStats();
    return told?.ok === true ? told.value : undefined;
  };

  const toWorkload = (of: WorkflowDocument) => readWorkload(viewWorkflow(of, link.catalog));
  const make = async (now: Workload, after: ChangedWorkload | undefined): Promise<Forecast> => {
    const used = [...now.models, ...(after?.workload.models ?? [])];
    const [models, stats] = await Promise.all([knowledge.of(used), statsNow()]);
    const { hardware, comfyGpu } = workspace.state;
    const { card } = forecastVram(now, models, stats);
    const isHere = link.current !== undefined && isOnThisMachine(link.current.connection);
    const isAsked = (card?.heldByOthers ?? 0) > WORTH_ASKING && isHere;
    const holders = isAsked ? ((await gpu?.holders()) ?? []) : [];
    return makeForecast(now, after, {
      models,
      stats,
      // Before the machine was looked at, ComfyUI's own words tell the card.
      hardware: hardware ?? (stats === undefined ? undefined : deriveHardware(stats)),
      holders,
      comfyGpu,
      peaks: memory.peaks,
    });
  };

  return {
    get peaks() {
      return memory.peaks;
    },
    forecastDocument: (document) => make(toWorkload(document), undefined),
    forecast: async (state, changeSetId) => {
      const document = openDocument(state);
      if (!document.ok) return document;
      const changed = changedDocument(state, document.value, changeSetId, link);
      if (!changed.ok) return changed;
      const after: ChangedWorkload | undefined =
        changed.value === undefined
          ? undefined
          : {
              changeSetId: changed.value.changeSetId,
              workload: toWorkload(changed.value.document),
            };
      return ok(await make(toWorkload(document.value), after));
    },
    learn: async ({ view, measured, cachedNodes }) => {
      // The practice ComfyUI makes its numbers up.
      if (link.current?.connection.isPractice !== false) return;
      if (!isTelling(measured, cachedNodes, view)) return;
      const workload = readWorkload(view);
      const [models, stats] = await Promise.all([knowledge.of(workload.models), statsNow()]);
      const { comfortable, card } = forecastVram(workload, models, stats);
      await memory.remember({
        workload,
        precision: precisionOf(workload.models, models),
        forecast: comfortable,
        heldByOthers: card?.heldByOthers ?? 0,
        measured,
      });
    },
    forget: () => memory.forget(),
  };
}

function changedDocument(
  { changeSets }: SessionState,
  document: WorkflowDocument,
  changeSetId: string | undefined,
  { catalog }: ComfyLink,
): Result<
  { readonly changeSetId: string; readonly document: WorkflowDocument } | undefined,
  AppError
> {
  const changeSet = changeSets.findLast((candidate) =>
    changeSetId === undefined
      ? candidate.status === 'proposed'
      : candidate.changeSetId === changeSetId,
  );
  if (changeSet === undefined) {
    return changeSetId === undefined
      ? ok(undefined)
      : err(appError('change/unknown', { changeSetId }));
  }
  const applied = applyOps(document, changeSet.ops, catalog);
  if (!applied.ok) return applied;
  return ok({ changeSetId: changeSet.changeSetId, document: applied.value.document });
}
