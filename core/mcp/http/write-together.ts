import type { Writable } from 'node:stream';

/**
 * Lets a stream gather what is written in one go and hand it over at once: a burst of messages is one system
 * call instead of one each. Nothing waits for more than the end of the present callback and its promises.
 */
export function writeTogether(stream: Writable, text: string): boolean {
  if (stream.writableCorked === 0) {
    stream.cork();
    process.nextTick(() => stream.uncork());
  }
  return stream.write(text);
}
