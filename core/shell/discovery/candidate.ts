import type { ServerSource } from '../../contract/machine/machine.schema.ts';

/** An address that a ComfyUI may be at, and who says so. */
export interface Candidate {
  /** May carry credentials: never shown. */
  readonly url: string;
  readonly source: ServerSource;
}
