import { type Result, err, ok } from '../../../core/base/result.ts';
import { type AppError, appError } from '../../../core/contract/errors.ts';
import type { WorkflowSource } from '../../state/core-actions.ts';

/** The part of a File that is read. */
export type DroppedFile = Pick<File, 'name' | 'size' | 'text' | 'arrayBuffer'>;

/** Larger files are refused before they are read; the contract takes pictures up to this size. */
const LIMIT = 64 * 1024 * 1024;
const PICTURE = /\.(png|webp)$/i;
const CHUNK = 0x8000;

/** Turns a chosen or dropped file into something to open: workflow files as text, pictures for what they carry. */
export async function readDroppedFile(
  file: DroppedFile,
): Promise<Result<WorkflowSource, AppError>> {
  const { name, size } = file;
  if (size > LIMIT)
    return err(appError('file/too-large', { path: name, bytes: size, limit: LIMIT }));
  try {
    if (!PICTURE.test(name)) return ok({ kind: 'text', name, text: await file.text() });
    return ok({ kind: 'picture', name, base64: toBase64(await file.arrayBuffer()) });
  } catch (cause) {
    // The browser refuses folders and files that were moved after they were chosen.
    const reason = cause instanceof Error ? cause.message : 'it could not be read';
    return err(appError('file/unreadable', { path: name, reason }));
  }
}

function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}
