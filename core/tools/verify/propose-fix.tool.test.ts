import { describe, expect, it } from 'vitest';
import { appError } from '../../contract/errors.ts';
import { interpretFailure } from '../../domain/run/interpret-failure.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import {
  apiDocument,
  coreCatalog,
  emptyContext,
  finishedRun,
  openWorkflow,
  proposeWith,
  sessionState,
  textToImage,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { proposeFix } from './propose-fix.tool.ts';

const catalog = coreCatalog();

function failed(message: string, nodeId: string, promptId = 'run-1') {
  const failure = interpretFailure(
    { nodeId, classType: '', exceptionType: 'RuntimeError', message },
    viewWorkflow(apiDocument(), catalog),
    catalog,
  );
  return finishedRun({ promptId, status: 'failed', failure });
}

describe('propose_fix', () => {
  it('proposes to tile the decode that did not fit on the card', async () => {
    const session = sessionState({ runs: [failed('Allocation on device ', '8')] });
    expect(await proposeWith(proposeFix, {}, toolContext({ session }))).toEqual({
      ok: true,
      value: {
        intent: 'Does not fit in 24 GB: tile the decode',
        ops: [{ op: 'replace_node', nodeId: '8', classType: 'VAEDecodeTiled' }],
      },
    });
  });

  it('makes the workflow run here whatever failed before, and says what is missing where no edit helps', async () => {
    const document = {
      ...textToImage,
      '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'x\\SD_xl_base_1.0.safetensors' } },
    }; // prettier-ignore
    const runs = [failed('Allocation on device ', '8')];
    const session = sessionState({ runs, workflow: openWorkflow({ document }) });
    expect(
      await proposeWith(proposeFix, { make_it_run: true }, toolContext({ session })),
    ).toMatchObject({
      ok: true,
      value: {
        ops: [{ op: 'set_widget', nodeId: '4', value: 'sd_xl_base_1.0.safetensors' }],
      },
    });
    const lacking = { ...textToImage, '20': { class_type: 'FaceDetailer', inputs: {} } };
    const other = sessionState({ workflow: openWorkflow({ document: lacking }) });
    expect(
      await proposeWith(proposeFix, { make_it_run: true }, toolContext({ session: other })),
    ).toMatchObject({
      error: {
        code: 'run/no-fix',
        data: {
          title: 'It would not run here yet.',
          steps: [expect.stringContaining('Impact Pack')],
        },
      },
    });
  });

  it('looks at the run that was named', async () => {
    const runs = [failed('Allocation on device ', '8', 'first'), failed('no idea', '3', 'second')];
    const context = toolContext({ session: sessionState({ runs }) });
    expect(await proposeWith(proposeFix, { run: 'first' }, context)).toMatchObject({ ok: true });
    expect(await proposeWith(proposeFix, { run: 'second' }, context)).toMatchObject({
      error: { code: 'run/no-fix' },
    });
    expect(await proposeWith(proposeFix, { run: 'third' }, context)).toMatchObject({
      error: { code: 'run/unknown' },
    });
  });

  it('says what else to do when no change of the workflow would help', async () => {
    const session = sessionState({
      runs: [failed('CUDA error: an illegal memory access was encountered', '3')],
    });
    expect(await proposeWith(proposeFix, {}, toolContext({ session }))).toMatchObject({
      error: {
        code: 'run/no-fix',
        data: { steps: expect.arrayContaining(['Restart ComfyUI, then run it again']) },
      },
    });
  });

  it('mends what ComfyUI would refuse when nothing was run yet', async () => {
    const document = {
      ...textToImage,
      '5': { class_type: 'EmptyLatentImage', inputs: { width: 3, height: 512, batch_size: 1 } },
    };
    const session = sessionState({ workflow: openWorkflow({ document }) });
    expect(await proposeWith(proposeFix, {}, toolContext({ session }))).toMatchObject({
      value: { ops: [{ op: 'set_widget', nodeId: '5', widget: 'width', value: 16 }] },
    });
  });

  it('has nothing to propose when nothing is wrong, or nothing is open', async () => {
    expect(await proposeWith(proposeFix, {}, toolContext())).toMatchObject({
      error: appError('run/no-fix', { title: '', steps: [] }),
    });
    expect(await proposeWith(proposeFix, {}, emptyContext())).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});
