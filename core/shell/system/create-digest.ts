import { createHash } from 'node:crypto';
import type { Digest } from '../../ports/ids.ts';

/** SHA-256 in lower-case hex. */
export function createDigest(): Digest {
  return (text) => createHash('sha256').update(text, 'utf8').digest('hex');
}
