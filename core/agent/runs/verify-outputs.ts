import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import type { Output, Verdict } from '../../contract/run/run.schema.ts';
import type { Problem } from '../../contract/workflow.schema.ts';
import type { InspectedOutput } from '../../domain/run/check-pictures.ts';
import { verifyRun } from '../../domain/run/verify-run.ts';
import { readPictureMetadata } from '../../domain/workflow/metadata/read-picture-metadata.ts';
import type { Images } from '../../ports/assets.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { RunIntent } from './prepare-run.ts';

/** A finished run and what to check it against. */
export interface FinishedRun {
  readonly outputs: readonly Output[];
  readonly comfy: Pick<Comfy, 'fetchFile'>;
  readonly payload: JsonObject;
  readonly intent: RunIntent;
  readonly fromCache: boolean;
  readonly warnings: readonly Problem[];
}

/** Pictures that are looked into; of a batch of hundreds the first ones tell enough. */
const MAX_INSPECTED = 16;

/** Looks into the pictures themselves, adds their sizes, and judges the run. */
export async function verifyOutputs(
  { images }: { readonly images: Images },
  { outputs, comfy, payload, intent, fromCache, warnings }: FinishedRun,
): Promise<{ readonly outputs: readonly Output[]; readonly verdict: Verdict }> {
  const inspected = await Promise.all(
    outputs.map(async (output, index): Promise<InspectedOutput> =>
      index < MAX_INSPECTED && (output.kind === 'image' || output.kind === 'animation')
        ? inspect(output, comfy, images)
        : { output },
    ),
  );
  const { view, intended } = intent;
  const verdict = verifyRun({
    view,
    payload,
    acceptedDiff: intended,
    outputs: inspected,
    fromCache,
    warnings,
  });
  return { outputs: inspected.map(({ output }) => output), verdict };
}

async function inspect(
  output: Output,
  comfy: Pick<Comfy, 'fetchFile'>,
  images: Images,
): Promise<InspectedOutput> {
  const file = await comfy.fetchFile(output);
  if (!file.ok) return { output };
  const { bytes } = file.value;
  const facts = await images.facts(bytes);
  const record = parseExactJson(readPictureMetadata(bytes)?.prompt ?? '');
  return {
    output: facts === undefined ? output : { ...output, width: facts.width, height: facts.height },
    ...(facts === undefined ? {} : { facts }),
    ...(record.ok && isJsonObject(record.value) ? { prompt: record.value } : {}),
  };
}
