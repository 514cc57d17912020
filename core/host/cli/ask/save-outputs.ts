import { join } from 'node:path';
import { type Result, ok } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { Assets } from '../../../ports/assets.ts';
import type { Files } from '../../../ports/files.ts';

/** A file of a run as the terminal reports it; `path` is null when it was not copied anywhere. */
export interface SavedOutput {
  readonly path: string | null;
  readonly filename: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** A text that a node showed, e.g. Preview Any. */
export interface ShownText {
  readonly nodeTitle: string;
  readonly text: string;
}

/** What a run said in words. */
export function textsOf(run: Run): readonly ShownText[] {
  return run.outputs.flatMap(({ nodeTitle, text }) =>
    text === undefined ? [] : [{ nodeTitle, text }],
  );
}

/** Copies what a run made into a folder, under ComfyUI's own names; without a folder it only lists. */
export async function saveOutputs(
  run: Run,
  folder: string | undefined,
  { assets, files }: { readonly assets: Assets; readonly files: Files },
): Promise<Result<readonly SavedOutput[], AppError>> {
  const saved: SavedOutput[] = [];
  for (const output of run.outputs) {
    if (output.kind === 'text') continue;
    const size = { width: output.width ?? null, height: output.height ?? null };
    const { filename } = output;
    if (folder === undefined) {
      saved.push({ path: null, filename, ...size });
      continue;
    }
    const asset = await assets.read(output.assetId);
    if (!asset.ok) return asset;
    // The name comes from the server: only its last part may decide where the file goes.
    const name = filename.split(/[\\/]/).at(-1) ?? filename;
    const written = await files.write(join(folder, name), asset.value.bytes);
    if (!written.ok) return written;
    saved.push({ path: written.value.path, filename, ...size });
  }
  return ok(saved);
}
