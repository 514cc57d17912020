import { type AppError, appError } from '../../contract/errors.ts';

/** What the disk said when a file was read. */
export function toReadError(cause: unknown, path: string): AppError {
  const code = diskCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') return appError('file/not-found', { path });
  return appError('file/unreadable', { path, reason: reasons[code] ?? code });
}

/** What the disk said when a file was written. */
export function toWriteError(cause: unknown, path: string): AppError {
  const code = diskCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') return appError('file/disk-full', { path });
  // The folder to write into is not there.
  if (code === 'ENOENT') return appError('file/not-found', { path });
  return appError('file/unwritable', { path, reason: reasons[code] ?? code });
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'this disk can only be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EBUSY: 'another program is using it',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
};

function diskCode(cause: unknown): string {
  const hasCode = cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
  return hasCode ? String(cause.code) : 'unknown';
}
