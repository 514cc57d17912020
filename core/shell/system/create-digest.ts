import { createHash } from 'node:crypto';
import type { Digest, DigestBytes } from '../../ports/ids.ts';

/** SHA-256 in lower-case hex. */
export function createDigest(): Digest {
  return (text) => createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The same of bytes, worked out on another thread. */
export function createDigestBytes(): DigestBytes {
  // A copy only where the memory is shared, which the platform's digest does not take.
  return async (bytes) => {
    const own = bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
    const hash = await crypto.subtle.digest('SHA-256', own as Uint8Array<ArrayBuffer>);
    return Buffer.from(hash).toString('hex');
  };
}
