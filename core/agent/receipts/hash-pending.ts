import { type Result, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Receipt, ReceiptModel } from '../../contract/run/receipt.schema.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { HashOptions, ModelFiles } from '../../ports/model-files.ts';
import { createModelFinder } from './find-models.ts';

/**
 * Works out the hashes that a receipt still lacks, one model after the other. A file that is not the one of
 * the run any more stays without; fails only with `cancelled`, so that it is tried again another time.
 */
export async function hashPending(
  receipt: Receipt,
  comfy: Comfy,
  modelFiles: ModelFiles,
  options: HashOptions,
): Promise<Result<Receipt, AppError>> {
  const finder = createModelFinder(comfy, modelFiles);
  const models: ReceiptModel[] = [];
  for (const model of receipt.models) {
    if (model.hash !== 'pending') {
      models.push(model);
      continue;
    }
    const { file } = await finder.find(model);
    const isSame = file?.bytes === model.bytes && file?.modifiedAt === model.modifiedAt;
    const hashed = file !== undefined && isSame ? await modelFiles.hash(file, options) : undefined;
    if (hashed?.ok === false && hashed.error.code === 'cancelled') return hashed;
    models.push(
      hashed?.ok === true
        ? { ...model, sha256: hashed.value, hash: 'known' }
        : { ...model, hash: 'unreadable' },
    );
  }
  return ok({ ...receipt, models });
}
