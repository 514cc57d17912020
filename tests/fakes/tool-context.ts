import { readFileSync } from 'node:fs';
import { parseExactJson } from '../../core/base/exact-json.ts';
import { neverCancelled } from '../../core/base/cancellation.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../../core/base/json.ts';
import { type Result, err, ok } from '../../core/base/result.ts';
import { type AppError, appError } from '../../core/contract/errors.ts';
import type { Forecast } from '../../core/contract/machine/forecast.schema.ts';
import type { Run } from '../../core/contract/run/run.schema.ts';
import type { OpenWorkflow, SessionState } from '../../core/contract/session.schema.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import type { WorkflowDocument } from '../../core/domain/workflow/document.ts';
import type { AnyTool, Proposal, SessionDesk, ToolContext } from '../../core/tools/define-tool.ts';

/** Text to image in the exported form: loader 4, texts 6 and 7, latent 5, sampler 3, decode 8, save 9. */
export const textToImage: JsonObject = {
  '3': {
    class_type: 'KSampler',
    inputs: {
      seed: 7,
      steps: 20,
      cfg: 8,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: ['4', 0],
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: firstCheckpoint() } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 512, batch_size: 1 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a harbour at dawn', clip: ['4', 1] } },
  '7': { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['4', 1] } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
  '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'shot', images: ['8', 0] } },
};

/** The catalog of a real server, cut down to core node classes. */
export function coreCatalog(): NodeCatalog {
  return createNodeCatalog(coreObjectInfo());
}

/** A document in the exported form. */
export function apiDocument(root: JsonObject = textToImage): WorkflowDocument {
  return { format: 'api', root };
}

/** An open workflow with no history. */
export function openWorkflow(part: Partial<OpenWorkflow> = {}): OpenWorkflow {
  return {
    name: 'shot.json',
    path: 'shots/shot.json',
    format: 'api',
    document: textToImage,
    revision: 1,
    savedRevision: 1,
    history: [],
    position: 0,
    ...part,
  };
}

/** A session with the text-to-image workflow open. */
export function sessionState(part: Partial<SessionState> = {}): SessionState {
  return {
    sessionId: 'session-1',
    title: 'Harbour',
    createdAt: 0,
    updatedAt: 0,
    workflow: openWorkflow(),
    turns: [],
    changeSets: [],
    runs: [],
    ...part,
  };
}

/** A run that ended well, unless told otherwise. */
export function finishedRun(part: Partial<Run> = {}): Run {
  return {
    promptId: 'run-1',
    status: 'verified',
    requestedBy: 'artist',
    revision: 1,
    server: 'http://127.0.0.1:8188',
    payloadDigest: 'digest',
    keyValues: {},
    label: 'Render',
    proposedAt: 1_000,
    queuedAt: 1_000,
    startedAt: 2_000,
    endedAt: 6_200,
    outputs: [],
    warnings: [],
    verdict: { outcome: 'as-asked', summary: 'As you asked.', checks: [] },
    ...part,
  };
}

/** A forecast of a run that fits, unless told otherwise. */
export function plainForecast(part: Partial<Forecast> = {}): Forecast {
  return {
    now: { minimum: 1, comfortable: 2, decode: 1, ram: 0, outcome: 'fits', basis: 'reckoned' },
    holders: [],
    evidence: [],
    summary: [],
    lines: [],
    ...part,
  };
}

/** A desk on which nothing may be done but what is given. */
export function sessionDesk(part: Partial<SessionDesk> = {}): SessionDesk {
  const refuse = (name: string) => () => {
    throw new Error(`the tool called desk.${name}`);
  };
  return {
    openWorkflow: refuse('openWorkflow'),
    saveWorkflow: refuse('saveWorkflow'),
    undo: refuse('undo'),
    redo: refuse('redo'),
    addCheckpoint: refuse('addCheckpoint'),
    goTo: refuse('goTo'),
    startRun: refuse('startRun'),
    awaitRun: refuse('awaitRun'),
    cancelRun: refuse('cancelRun'),
    proposeBatch: refuse('proposeBatch'),
    awaitBatch: refuse('awaitBatch'),
    ...part,
  };
}

/** A server that answers with little, unless told otherwise. */
export function comfySide(
  part: Partial<NonNullable<ToolContext['comfy']>> = {},
): NonNullable<ToolContext['comfy']> {
  return {
    connection: {
      status: 'ready',
      url: 'http://127.0.0.1:8188',
      isPractice: false,
      version: '0.3.64',
      missing: [],
    },
    systemStats: async () =>
      ok({
        os: 'posix',
        comfyVersion: '0.3.64',
        pythonVersion: '3.11.7',
        torchVersion: '2.13.0',
        ramTotal: 128 * 1024 ** 3,
        ramFree: 96 * 1024 ** 3,
        devices: [
          {
            name: 'NVIDIA GeForce RTX 4090',
            type: 'cuda',
            index: 0,
            vramTotal: 24 * 1024 ** 3,
            vramFree: 18 * 1024 ** 3,
            torchVramTotal: 0,
            torchVramFree: 0,
          },
        ],
        arguments: [],
      }),
    queue: async () => ok({ running: [], pending: [] }),
    history: async () => ok(undefined),
    models: async () => ok([]),
    modelFolders: async () => ok(['checkpoints', 'loras', 'vae']),
    ...part,
  };
}

/** A server that is gone. */
export function comfyGone(): NonNullable<ToolContext['comfy']> {
  const url = 'http://127.0.0.1:8188';
  const gone = async () => err(appError('comfy/unreachable', { url, reason: 'it was refused' }));
  const connection = { status: 'error' as const, url, isPractice: false, missing: [] };
  return comfySide({
    connection,
    systemStats: gone,
    queue: gone,
    history: gone,
    models: gone,
    modelFolders: gone,
  });
}

const CATALOG = coreCatalog();

/** Everything a tool may see: the text-to-image workflow is open, the server is up, the desk refuses all. */
export function toolContext(part: Partial<ToolContext> = {}): ToolContext {
  const session = part.session ?? sessionState();
  const { workflow } = session;
  return {
    session,
    document: workflow === null ? null : { format: workflow.format, root: workflow.document },
    catalog: CATALOG,
    freshCatalog: async () => part.catalog ?? CATALOG,
    comfy: comfySide(),
    otherServers: [],
    hardware: null,
    forecast: async () => err(appError('workflow/none-open', {})),
    forecastDocument: async () => plainForecast(),
    files: {
      read: async (path) => err(appError('file/not-found', { path })),
      write: async (path) => err(appError('file/unwritable', { path, reason: 'not here' })),
      exists: async () => false,
    },
    templates: [
      { name: 'sdxl-text-to-image', title: 'SDXL text to image' },
      { name: 'upscale', title: 'Upscale a picture' },
    ],
    desk: sessionDesk(),
    cancellation: neverCancelled,
    ...part,
  };
}

/** Nothing is open. */
export function emptyContext(part: Partial<ToolContext> = {}): ToolContext {
  return toolContext({ session: sessionState({ workflow: null }), ...part });
}

/** Calls a tool as `execute-tool-call` does: input and output go through their schemas. */
export async function callTool(
  tool: AnyTool,
  input: JsonValue,
  context: ToolContext,
): Promise<
  | { readonly ok: true; readonly value: unknown; readonly text: string }
  | { readonly ok: false; readonly error: AppError }
> {
  if (tool.effect === 'propose') throw new Error('use proposeWith for a tool that proposes');
  const outcome = await tool.handler(tool.input.parse(input), context);
  if (!outcome.ok) return outcome;
  const value = tool.output.parse(outcome.value);
  return { ok: true, value, text: tool.describeResult(value) };
}

/** Calls a proposing tool: its input goes through its schema. */
export async function proposeWith(
  tool: AnyTool,
  input: JsonValue,
  context: ToolContext,
): Promise<Result<Proposal, AppError>> {
  if (tool.effect !== 'propose') throw new Error('use callTool for a tool that acts');
  return tool.handler(tool.input.parse(input), context);
}

/** `/object_info` of a real server, cut down to core node classes. */
export function coreObjectInfo(): JsonObject {
  const file = new URL('../fixtures/object-info.core.json', import.meta.url);
  const parsed = parseExactJson(readFileSync(file, 'utf8'));
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('the fixture is no catalog');
  return parsed.value;
}

function firstCheckpoint(): JsonValue {
  const spec = coreCatalog()
    .get('CheckpointLoaderSimple')
    ?.inputs.find((input) => input.name === 'ckpt_name');
  return spec?.choices?.[0] ?? null;
}
