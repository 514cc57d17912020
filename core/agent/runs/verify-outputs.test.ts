import { expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import type { Output, Verdict } from '../../contract/run/run.schema.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { Images } from '../../ports/assets.ts';
import type { FileHead } from '../../ports/comfy.ts';
import { apiDocument, coreCatalog, textToImage } from '../../../tests/fakes/tool-context.ts';
import { verifyOutputs } from './verify-outputs.ts';

const WHOLE = new Uint8Array(2_000_000);
const output: Output = {
  assetId: 'a1',
  nodeId: '9',
  nodeTitle: 'Save Image',
  kind: 'image',
  filename: 'a.png',
  subfolder: '',
  folder: 'output',
};

/** Judges one picture of 2 MB, of which `head` comes when its beginning is asked for. */
async function judge(
  head: FileHead | undefined,
  facts: Images['facts'],
  filename = 'a.png',
): Promise<{
  readonly asked: readonly string[];
  readonly verdict: Verdict;
  readonly width: number;
}> {
  const asked: string[] = [];
  const comfy = {
    fileHead: async () => {
      asked.push('beginning');
      return ok(head);
    },
    fetchFile: async () => {
      asked.push('whole');
      return ok({ bytes: WHOLE, mediaType: 'image/png' });
    },
  };
  const intent = { view: viewWorkflow(apiDocument(), coreCatalog()), intended: [] };
  const run = { payload: textToImage, intent, fromCache: false, warnings: [], comfy };
  const { verdict, outputs } = await verifyOutputs(
    { images: { facts, canRead: (filename) => filename.endsWith('.png') } },
    { ...run, outputs: [{ ...output, filename }] },
  );
  return { asked, verdict, width: outputs[0]?.width ?? 0 };
}

const picture = { width: 512, height: 512, contrast: 0.3 };
const beginning = { bytes: WHOLE.subarray(0, 500_000), size: WHOLE.length };

it('judges a large picture by its beginning when that shows enough', async () => {
  const { asked, width } = await judge(beginning, async () => picture);
  expect(asked).toEqual(['beginning']);
  expect(width).toBe(512);
});

it('asks for all of it where the beginning leaves a doubt, or where nobody knows how much is missing', async () => {
  const whole: Images['facts'] = async ({ byteLength }, size = byteLength) =>
    byteLength === size ? { ...picture, contrast: 0 } : undefined;
  const { asked, verdict } = await judge(beginning, whole);
  expect(asked).toEqual(['beginning', 'whole']);
  expect(verdict.outcome).toBe('needs-attention');
  const unknown = await judge({ ...beginning, size: undefined }, async () => picture);
  expect(unknown.asked).toEqual(['beginning', 'whole']);
});

it('asks no second time for a file that has come whole and is no picture', async () => {
  const { asked, width } = await judge({ bytes: WHOLE, size: WHOLE.length }, async () => undefined);
  expect(asked).toEqual(['beginning']);
  expect(width).toBe(0);
});

it('fetches nothing of a format that it cannot look into', async () => {
  const { asked, width } = await judge(beginning, async () => picture, 'beauty.exr');
  expect(asked).toEqual([]);
  expect(width).toBe(0);
});

it('leaves the size open when the file is gone', async () => {
  const { asked, width } = await judge(undefined, async () => picture);
  expect(asked).toEqual(['beginning']);
  expect(width).toBe(0);
});
