import sharp from 'sharp';
import { type Result, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Assets } from '../../ports/assets.ts';

/** Widest thumbnail that is made; wider asks get the file itself. */
const MAX_WIDTH = 2_048;

/** A picture's bytes; with `width` (pixels) a WebP no wider than that, where the file is a picture sharp reads. */
export async function readPicture(
  assets: Assets,
  assetId: string,
  width: number | undefined,
): Promise<Result<{ readonly bytes: Uint8Array; readonly mediaType: string }, AppError>> {
  const asset = await assets.read(assetId);
  if (!asset.ok || width === undefined || !Number.isInteger(width)) return asset;
  if (width < 1 || width > MAX_WIDTH || !asset.value.mediaType.startsWith('image/')) return asset;
  try {
    const image = sharp(asset.value.bytes, { animated: true });
    const bytes = await image.resize({ width, withoutEnlargement: true }).webp().toBuffer();
    return ok({ bytes, mediaType: 'image/webp' });
  } catch {
    // Not a picture that can be made smaller here; the page gets it as it is.
    return asset;
  }
}
