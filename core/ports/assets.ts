import type { Result } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';

/** Where a picture's bytes come from. */
export type AssetSource =
  | {
      readonly kind: 'comfy-file';
      readonly server: string;
      readonly filename: string;
      readonly subfolder: string;
      readonly folder: 'output' | 'temp' | 'input';
    }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly mediaType: string };

/** Pictures by reference: what is registered here can be fetched by id, and by nothing else. */
export interface Assets {
  /** Same file, same id. Bytes (live previews) are kept only while they are the newest under `slot`. */
  register(source: AssetSource, slot?: string): string;
  read(
    assetId: string,
  ): Promise<Result<{ readonly bytes: Uint8Array; readonly mediaType: string }, AppError>>;
}

/** Picture facts read from a file's bytes. */
export interface ImageFacts {
  readonly width: number;
  readonly height: number;
  /** 0..1; 0 for a picture of one flat colour. */
  readonly contrast: number;
}

/** Looks into pictures. */
export interface Images {
  /** False for formats that cannot be looked into (EXR, films), by the ending of the name: their bytes need not be fetched. */
  canRead(filename: string): boolean;
  /**
   * `bytes` may be the beginning of a file of `size` bytes; undefined where they do not suffice, and for
   * anything that is no picture.
   */
  facts(bytes: Uint8Array, size?: number): Promise<ImageFacts | undefined>;
}
