import type { JsonObject } from '../base/json.ts';

/** Where causes go. Stacks and ids are written here and nowhere else; secrets never. */
export interface Log {
  info(event: string, data?: JsonObject): void;
  warn(event: string, data?: JsonObject): void;
  /** Records a bug with its stack and returns the correlation id to show instead. */
  unexpected(event: string, cause: unknown): string;
}
