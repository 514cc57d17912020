import { writeFile } from 'node:fs/promises';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { stringifyExactJson } from '../../../base/exact-json.ts';
import { encodeAnimatedWebp, encodePng } from '../../images/codec.ts';
import { insertMetadata } from '../../images/png-metadata.ts';
import { type Picture, toPicture, type Mask } from '../../images/picture.ts';
import { type NodeFamily, type NodeResult, type NodeRun, shown } from '../node-run.ts';
import { findSavePlace, pathIn } from './save-name.ts';

/** Nodes whose result is kept or shown. */
export const outputNodes: NodeFamily = {
  SaveImage: (inputs, run) =>
    savePngs(inputs.picture('images'), inputs.text('filename_prefix'), 'output', run),
  PreviewImage: (inputs, run) => savePngs(inputs.picture('images'), tempPrefix(run), 'temp', run),
  MaskPreview: (inputs, run) => savePngs(toGrey(inputs.mask('mask')), tempPrefix(run), 'temp', run),
  SaveAnimatedWEBP: async (inputs, run) => {
    const picture = inputs.picture('images');
    const prefix = inputs.text('filename_prefix');
    const place = await findSavePlace(run.folders.output, prefix, { ...picture, today: run.today });
    const name = place.fileName(0, 'webp');
    const bytes = await encodeAnimatedWebp(picture, {
      fps: inputs.number('fps'),
      lossless: inputs.flag('lossless'),
      quality: inputs.number('quality'),
    });
    await writeFile(pathIn(place, name), bytes);
    const file = { filename: name, subfolder: place.subfolder, type: 'output' };
    return shown({ images: [file], animated: [picture.frames.length !== 1] });
  },
  SaveImageWebsocket: async (inputs, run) => {
    const picture = inputs.picture('images');
    for (const [i, frame] of picture.frames.entries()) {
      const bytes = await encodePng(picture, frame);
      run.sendPicture(i, picture.frames.length, 'PNG', bytes);
    }
    return { outputs: [] };
  },
  SaveLatent: async (inputs, run) => {
    const latent = inputs.latent('samples');
    const prefix = inputs.text('filename_prefix');
    const place = await findSavePlace(run.folders.output, prefix, { ...latent, today: run.today });
    const name = place.fileName(0, 'latent');
    await writeFile(pathIn(place, name), toSafetensors(latent, run.payload));
    return shown({
      latents: [{ filename: name, subfolder: place.subfolder, type: 'output' }],
    });
  },
  PreviewAny: (inputs) => {
    const value = inputs.value('source');
    const text =
      value?.kind === 'JSON'
        ? typeof value.value === 'string'
          ? value.value
          : stringifyExactJson(value.value)
        : describe(value?.kind ?? 'None');
    return shown({ text: [text] });
  },
};

async function savePngs(
  picture: Picture,
  prefix: string,
  kind: 'output' | 'temp',
  run: NodeRun,
): Promise<NodeResult> {
  const place = await findSavePlace(run.folders[kind], prefix, { ...picture, today: run.today });
  const images: JsonValue[] = [];
  for (const [i, frame] of picture.frames.entries()) {
    const name = place.fileName(i, 'png');
    const png = insertMetadata(await encodePng(picture, frame), run.payload, run.pngInfo);
    await writeFile(pathIn(place, name), png);
    images.push({ filename: name, subfolder: place.subfolder, type: kind });
  }
  return shown({ images });
}

function tempPrefix(run: NodeRun): string {
  return `ComfyUI_temp_${run.tempTag}`;
}

function toGrey(mask: Mask): Picture {
  const frames = mask.frames.map((frame) => {
    const out = new Float32Array(frame.length * 3);
    for (const [i, value] of frame.entries()) out.fill(value, i * 3, i * 3 + 3);
    return out;
  });
  return toPicture(mask.width, mask.height, 3, frames);
}

/** A .latent file: safetensors with a zero tensor of the right shape and the payload beside it. */
function toSafetensors(
  latent: { readonly width: number; readonly height: number; readonly batch: number },
  payload: JsonObject,
): Buffer {
  const shape = [latent.batch, 4, latent.height / 8, latent.width / 8];
  const size = shape.reduce((product, side) => product * Math.floor(side), 4);
  const header = Buffer.from(
    JSON.stringify({
      __metadata__: { prompt: stringifyExactJson(payload) },
      latent_format_version_0: { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
      latent_tensor: { dtype: 'F32', shape: shape.map(Math.floor), data_offsets: [0, size] },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(size)]);
}

function describe(kind: string): string {
  return `<${kind.toLowerCase()}>`;
}
