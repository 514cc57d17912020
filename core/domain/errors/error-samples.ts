import type { AppError, ErrorCode, ErrorDataOf } from '../../contract/errors.ts';
import { appError } from '../../contract/errors.ts';
import type { Problem } from '../../contract/workflow.schema.ts';

const problem: Problem = {
  type: 'required_input_missing',
  severity: 'error',
  nodeId: '3',
  nodeTitle: 'KSampler',
  classType: 'KSampler',
  input: 'model',
  message: 'KSampler has nothing connected to “model”',
};
const url = 'http://127.0.0.1:8188';
const path = 'shots/010/plate.json';
const onSampler = { nodeId: '3', nodeTitle: 'KSampler' };
const issue = { path: 'count', message: 'must be at most 16' };

const samples = {
  'contract/invalid-params': { method: 'turn/send', issues: [issue] },
  'contract/unknown-method': { method: 'turn/sing' },
  'contract/forbidden': { method: 'changeset/respond', role: 'agent' },
  'contract/version-mismatch': { core: 2, client: 1 },
  'contract/disconnected': {},
  'contract/invalid-result': { method: 'session/list' },
  'internal/unexpected': { correlationId: 'bug-k3f9a2' },
  'file/not-found': { path },
  'file/unreadable': { path, reason: 'permission denied' },
  'file/unwritable': { path, reason: 'permission denied' },
  'file/too-large': { path, bytes: 52_428_801, limit: 33_554_432 },
  'file/disk-full': { path },
  'file/outside-folder': { path: '../other/plate.json', folder: 'shots/010' },
  'workflow/not-json': { reason: 'a comma or a closing brace was expected', offset: 118 },
  'workflow/not-a-workflow': { reason: 'it has no nodes' },
  'workflow/no-metadata': { name: 'plate.png' },
  'workflow/none-open': {},
  'workflow/unknown-template': { name: 'sdxl', known: ['sdxl-text-to-image', 'upscale'] },
  'workflow/cycle': { titles: ['VAE Decode', 'VAE Encode'] },
  'workflow/not-convertible': { problems: [problem] },
  'workflow/invalid': { problems: [problem, problem, problem, problem] },
  'op/unknown-node': { nodeId: '99', known: ['3 KSampler', '9 Save Image'] },
  'op/duplicate-node': { nodeId: '3' },
  'op/unknown-class': { classType: 'KSamplr', near: ['KSampler', 'KSamplerAdvanced'] },
  'op/unknown-widget': { ...onSampler, widget: 'stepz', known: ['seed', 'steps', 'cfg'] },
  'op/invalid-value': {
    ...onSampler,
    widget: 'sampler_name',
    value: 'eulr',
    expected: 'one of 3 choices',
    allowed: ['euler', 'euler_ancestral', 'heun'],
  },
  'op/invalid-formula': {
    ...onSampler,
    widget: 'steps',
    formula: 'stepz * 2',
    position: 0,
    expected: 'a setting of this node instead of “stepz”',
    known: ['old', 'seed', 'steps', 'cfg'],
  },
  'op/unknown-input': { ...onSampler, input: 'picture', known: ['model', 'positive', 'negative'] },
  'op/unknown-output': { ...onSampler, output: 'IMAGE', known: ['LATENT'] },
  'op/type-mismatch': { from: 'LATENT', to: 'IMAGE', output: 'LATENT', input: 'images' },
  'op/makes-cycle': { from: 'VAE Decode', to: 'VAE Encode' },
  'op/not-linked': { ...onSampler, input: 'model' },
  'op/read-only': { nodeId: '12:34', reason: 'the subgraph does not show this setting' },
  'change/empty': {},
  'change/unknown': { changeSetId: 'change-k3f9a2' },
  'change/not-open': { changeSetId: 'change-k3f9a2', status: 'rejected' },
  'change/stale': { baseRevision: 3, currentRevision: 4 },
  'change/digest-mismatch': { changeSetId: 'change-k3f9a2' },
  'change/depends-on-rejected': { index: 2, needs: 0 },
  'change/does-not-fit': { what: 'node 7 is not there' },
  'change/rejected': { changeSetId: 'change-k3f9a2', reason: 'too many steps' },
  'history/nothing-to-undo': {},
  'history/nothing-to-redo': {},
  'history/unknown-entry': { entry: 'before upscale', known: ['first look', 'approved'] },
  'history/checkpoint-taken': { name: 'approved' },
  'session/unknown': { sessionId: 'session-k3f9a2' },
  'session/damaged': { sessionId: 'session-k3f9a2', reason: 'the last line is torn' },
  'session/newer-version': { sessionId: 'session-k3f9a2', version: 2 },
  'turn/busy': { turnId: 'turn-k3f9a2' },
  'turn/unknown': { turnId: 'turn-k3f9a2' },
  'turn/too-many-steps': { limit: 30 },
  'model/unavailable': { model: 'Built-in assistant', reason: 'it is starting' },
  'tool/unknown': { name: 'set_inputs', near: ['set_input'] },
  'tool/invalid-input': { name: 'execute_with_progress', issues: [issue] },
  'tool/not-approved': { name: 'save_workflow' },
  'tool/timed-out': { name: 'get_queue_status', seconds: 30 },
  cancelled: {},
  'comfy/not-connected': {},
  'comfy/unreachable': { url, reason: 'nothing listens there' },
  'comfy/invalid-address': { url: 'localhost:comfy' },
  'comfy/not-comfyui': { url },
  'comfy/refused': { url, status: 403 },
  'comfy/timeout': { url, seconds: 10 },
  'comfy/too-large': { limit: 104_857_600 },
  'comfy/unreadable-answer': { url, reason: 'the answer ended too early' },
  'comfy/prompt-refused': {
    type: 'prompt_outputs_failed_validation',
    message: 'Prompt outputs failed validation',
    problems: [problem],
  },
  'comfy/missing-nodes': { classTypes: ['IPAdapterApply'] },
  'comfy/missing-model': {
    nodeTitle: 'Load Checkpoint',
    input: 'ckpt_name',
    value: 'sdxl.safetensors',
    near: ['sd_xl_base_1.0.safetensors'],
  },
  'comfy/no-outputs': {},
  'comfy/output-missing': { filename: 'plate_00001_.png' },
  'comfy/unknown-folder': { folder: 'models', known: ['checkpoints', 'loras', 'vae'] },
  'run/unknown': { promptId: '3749ca85-98ff-42ea-a852-f452392dcb73' },
  'run/not-running': { promptId: '3749ca85-98ff-42ea-a852-f452392dcb73', status: 'verified' },
  'run/lost': { promptId: '3749ca85-98ff-42ea-a852-f452392dcb73', pictures: 0 },
  'run/out-of-memory': {
    nodeId: '3',
    nodeTitle: 'KSampler',
    detail:
      'This step needs more memory than the graphics card has free. It asked for 2.0 GB more.',
    cause: 'oom-cuda',
    title: 'The graphics card ran out of memory',
    candidates: [
      {
        cause: 'oom-cuda',
        meaning: 'This step needs more memory than the graphics card has free.',
      },
    ],
    steps: [
      { label: 'Make it smaller', say: 'Make it smaller' },
      { label: 'Close other programs that use the graphics card' },
    ],
    canFix: true,
    raw: 'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB',
  },
  'run/node-failed': {
    ...onSampler,
    classType: 'KSampler',
    exceptionType: 'RuntimeError',
    message:
      'The models do not belong together. ComfyUI said: mat1 and mat2 shapes cannot be multiplied',
  },
  'run/no-fix': {
    title: 'The driver of the graphics card is too old',
    steps: ['Install the newest NVIDIA driver, then restart the machine'],
  },
  'run/interrupted': { nodeTitle: 'KSampler' },
  'host/port-in-use': { port: 8199 },
  'host/wrong-token': {},
  'host/too-many-requests': { client: 'Claude Desktop', seconds: 2 },
  'settings/invalid': { key: 'comfyUrl', reason: 'it must begin with http' },
} satisfies { readonly [C in ErrorCode]: ErrorDataOf<C> };

/** One believable error of every code, for the documentation and for checks over all of them. */
export function sampleErrors(): readonly AppError[] {
  return Object.entries(samples).map(([code, data]) =>
    appError(code as ErrorCode, data as ErrorDataOf<ErrorCode>),
  );
}
