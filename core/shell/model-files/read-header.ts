import { open } from 'node:fs/promises';
import { type Result, err, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import {
  type HeaderProblem,
  MAX_HEADER,
  type SafetensorsHeader,
  headerLength,
  parseSafetensorsHeader,
} from '../../domain/machine/safetensors-header.ts';
import { toReadError } from '../system/file-error.ts';

/** Reads what a safetensors file says of itself, and nothing of its weights. */
export async function readHeader(
  path: string,
): Promise<Result<SafetensorsHeader | HeaderProblem, AppError>> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const first = await readFirst(file, 8);
    const length = headerLength(first);
    if (length === undefined) return ok('too-short');
    if (length > MAX_HEADER) return ok('not-safetensors');
    if (8 + length > size) return ok('too-short');
    return ok(parseSafetensorsHeader(await readFirst(file, 8 + length)));
  } catch (cause) {
    return err(toReadError(cause, path));
  }
}

async function readFirst(
  file: Awaited<ReturnType<typeof open>>,
  length: number,
): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
