import { describe, expect, it } from 'vitest';
import type { NodeView, WorkflowView } from '../workflow/view/view.ts';
import { interpretFailure } from './interpret-failure.ts';

const view: WorkflowView = {
  nodes: [],
  links: [],
  groups: [],
  node: (id) => (id === '3' ? ({ title: 'Main sampler' } as NodeView) : undefined),
};

function interpret(message: string, exceptionType = 'RuntimeError', nodeId = '3') {
  return interpretFailure({ nodeId, classType: 'KSampler', exceptionType, message }, view);
}

describe('interpretFailure', () => {
  it.each([
    [
      'Allocation on device \nThis error means you ran out of memory on your GPU.',
      'torch.OutOfMemoryError',
    ],
    ['CUDA out of memory. Tried to allocate 2.00 GiB', 'torch.cuda.OutOfMemoryError'],
    ['HIP out of memory', 'RuntimeError'],
    [
      "[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory",
      'RuntimeError',
    ],
    ['The paging file is too small for this operation to complete. (os error 1455)', 'OSError'],
  ])('calls %j out of memory', (message, type) => {
    expect(interpret(message, type)).toMatchObject({
      code: 'run/out-of-memory',
      data: { nodeTitle: 'Main sampler' },
    });
  });

  it.each([
    [
      'mat1 and mat2 shapes cannot be multiplied (77x768 and 2048x640)',
      'What comes in looks like SD 1.5, and what it meets was made for SDXL.',
    ],
    [
      'Given groups=1, expected input[1, 16, 64, 64] to have 4 channels, but got 16 channels instead',
      'another model family',
    ],
    ['Error(s) in loading state_dict for ControlNet', 'another kind of model'],
    ['Error while deserializing header: HeaderTooLarge', 'download it again'],
    ['[Errno 28] No space left on device', 'disk'],
  ])('explains %j in words of its own', (message, words) => {
    const error = interpret(message);
    expect(error.code).toBe('run/node-failed');
    expect(JSON.stringify(error.data)).toContain(words);
  });

  it("names the file but not the folders of somebody's machine", () => {
    for (const path of [
      '/srv/comfy/models/checkpoints/v1-5.safetensors',
      'D:\\Anna Files\\models\\v1-5.safetensors',
    ]) {
      const { data } = interpret(`ERROR: Could not detect model type of: ${path}\n\n`);
      expect(JSON.stringify(data)).toContain('v1-5.safetensors');
      expect(JSON.stringify(data)).not.toContain('models');
    }
  });

  it('keeps what ComfyUI said about a failure that is not known, in one line', () => {
    expect(interpret('Gesicht nicht gefunden: ü\nzweite Zeile\n')).toMatchObject({
      data: { message: 'ComfyUI said: Gesicht nicht gefunden: ü zweite Zeile' },
    });
    expect(interpret('')).toMatchObject({ data: { message: 'ComfyUI did not say why.' } });
  });

  it('shows a node made while running as the one that made it, and an unknown one by its class', () => {
    expect(interpret('x', 'E', '3.0.0.1').data).toMatchObject({ nodeTitle: 'Main sampler' });
    expect(interpret('x', 'E', '77').data).toMatchObject({ nodeTitle: 'KSampler' });
  });

  it('carries the code, what to do, and the raw text without what is nobody’s business', () => {
    const { data } = interpret(
      'CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB. File "/media/anna/ComfyUI/nodes.py" api_key=sk-abcdefghijklmnop1234',
      'torch.OutOfMemoryError',
    );
    expect(data).toMatchObject({
      cause: 'oom-cuda',
      nodeId: '3',
      detail:
        'This step needs more memory than the graphics card has free. It asked for 2.0 GB more, of 23.6 GB in all.',
      steps: [
        { label: 'Make it smaller', say: 'Make it smaller' },
        expect.anything(),
        expect.anything(),
      ],
    });
    expect(JSON.stringify(data)).not.toMatch(/anna|abcdefghijklmnop/);
  });

  it('leaves a text that can mean two things undecided', () => {
    const { data } = interpret('mat1 and mat2 shapes cannot be multiplied (1x1 and 2x2)');
    expect(data).toMatchObject({
      candidates: [{ cause: 'mat-shape' }, { cause: 'mat-shape' }],
      message: expect.stringMatching(/^Two things can be behind this\. .* Or a ControlNet/),
    });
  });

  it('names the node pack in whose code it happened', () => {
    const failure = { nodeId: '3', classType: 'X', exceptionType: 'E', message: 'm' };
    expect(interpretFailure({ ...failure, pack: 'rig_nodes' }, view).data).toMatchObject({
      pack: 'rig_nodes',
    });
  });

  it('does not call a stopped run a failure', () => {
    expect(interpret('', 'comfy.model_management.InterruptProcessingException').code).toBe(
      'run/interrupted',
    );
  });
});
