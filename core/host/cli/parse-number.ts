import { InvalidArgumentError } from 'commander';

/** Reads a port for an option: 0 to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535 && text.trim() !== '') return port;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}

/** Reads a duration in ms for an option: 0 or more. */
export function parseMilliseconds(text: string): number {
  const ms = Number(text);
  if (Number.isFinite(ms) && ms >= 0 && text.trim() !== '') return ms;
  throw new InvalidArgumentError('It must be a number of milliseconds, 0 or more.');
}

/** Reads a number of things for an option: 1 to 2000. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 2_000) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 2000.');
}
