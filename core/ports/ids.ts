/** Names for new things, so that tests decide them. */
export interface Ids {
  /** A lower-case random UUID, as ComfyUI wants for `prompt_id`. */
  uuid(): string;
  /** A short sortable id with a readable prefix, e.g. "turn-k3f9a2". */
  next(prefix: string): string;
}

/** Hex SHA-256 of a text's UTF-8 bytes. */
export type Digest = (text: string) => string;

/** Hex SHA-256 of a file's bytes; large ones take their time beside everything else. */
export type DigestBytes = (bytes: Uint8Array) => Promise<string>;
