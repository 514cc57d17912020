import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';

/** What can be said about a node's pictures from the execution payload alone; pixels. */
export interface ExpectedPicture {
  readonly width?: number;
  readonly height?: number;
  readonly count?: number;
  /** True when a picture of one flat colour is what the workflow makes. */
  readonly mayBeFlat: boolean;
}

const UNKNOWN: ExpectedPicture = { mayBeFlat: false };
/** Deeper than any workflow's longest chain; a payload may hold a circle. */
const MAX_DEPTH = 200;

/**
 * Follows the pictures back from `nodeId` (an output node) to where their size and number are
 * decided. Anything on the way that is not known here makes the answer unknown, never wrong.
 */
export function expectedPicture(payload: JsonObject, nodeId: string): ExpectedPicture {
  return follow(payload, nodeId, 0);
}

interface Visit {
  readonly inputs: JsonObject;
  /** What comes in through a linked input. */
  readonly source: (name: string) => ExpectedPicture;
  /** A number that is written on the node itself; undefined when a link decides it. */
  readonly number: (name: string) => number | undefined;
}

type Rule = (visit: Visit) => ExpectedPicture;

function follow(payload: JsonObject, nodeId: string, depth: number): ExpectedPicture {
  const node = Object.hasOwn(payload, nodeId) ? payload[nodeId] : undefined;
  if (!isJsonObject(node) || depth > MAX_DEPTH) return UNKNOWN;
  const classType = typeof node['class_type'] === 'string' ? node['class_type'] : '';
  const rule = Object.hasOwn(rules, classType) ? rules[classType] : undefined;
  const inputs = isJsonObject(node['inputs']) ? node['inputs'] : {};
  if (rule === undefined) return UNKNOWN;
  return rule({
    inputs,
    source: (name) => {
      const from = linkedNode(inputs[name]);
      return from === undefined ? UNKNOWN : follow(payload, from, depth + 1);
    },
    number: (name) => toNumber(inputs[name]),
  });
}

const through =
  (...names: readonly string[]): Rule =>
  ({ inputs, source }) => {
    const name = names.find((candidate) => linkedNode(inputs[candidate]) !== undefined);
    return name === undefined ? UNKNOWN : source(name);
  };

/** Samplers and decoders make something new of it: it may not be flat any more. */
const made =
  (name: string): Rule =>
  ({ source }) => ({ ...source(name), mayBeFlat: false });

const latent =
  (grid: number): Rule =>
  ({ number }) =>
    picture(snap(number('width'), grid), snap(number('height'), grid), number('batch_size') ?? 1);

/** Class names, inputs and rounding as in ComfyUI 0.3.64. */
const rules: Readonly<Record<string, Rule>> = {
  SaveImage: through('images'),
  PreviewImage: through('images'),
  SaveImageWebsocket: through('images'),
  EmptyLatentImage: latent(8),
  EmptySD3LatentImage: latent(8),
  EmptyHunyuanImageLatent: latent(32),
  LoadImage: ({ inputs }) => (isStill(inputs['image']) ? { count: 1, mayBeFlat: false } : UNKNOWN),
  EmptyImage: ({ number }) => ({
    ...picture(number('width'), number('height'), number('batch_size') ?? 1),
    mayBeFlat: true,
  }),
  SolidMask: ({ number }) => ({
    ...picture(number('width'), number('height'), 1),
    mayBeFlat: true,
  }),
  MaskToImage: through('mask'),
  MaskPreview: through('mask'),
  InvertMask: through('mask'),
  ImageToMask: through('image'),
  KSampler: through('latent_image'),
  KSamplerAdvanced: through('latent_image'),
  SamplerCustom: through('latent_image'),
  SamplerCustomAdvanced: through('latent_image'),
  SetLatentNoiseMask: through('samples'),
  VAEDecode: made('samples'),
  VAEDecodeTiled: made('samples'),
  VAEEncode: ({ source }) => onGrid(source('pixels'), 8),
  VAEEncodeTiled: ({ source }) => onGrid(source('pixels'), 8),
  VAEEncodeForInpaint: ({ source }) => onGrid(source('pixels'), 8),
  LatentUpscale: ({ source, number }) => ({
    ...withoutSize(source('samples')),
    ...fixedSize(snap(number('width'), 8), snap(number('height'), 8)),
  }),
  LatentUpscaleBy: ({ source, number }) => scaled(source('samples'), number('scale_by'), 8),
  RepeatLatentBatch: ({ source, number }) => repeated(source('samples'), number('amount')),
  RepeatImageBatch: ({ source, number }) => repeated(source('image'), number('amount')),
  ImageScale: ({ source, number }) => ({
    ...withoutSize(source('image')),
    ...fixedSize(number('width'), number('height')),
  }),
  ImageScaleBy: ({ source, number }) => scaled(source('image'), number('scale_by'), 1),
  ImageCrop: ({ source, number }) => cropped(source('image'), number),
  ImagePadForOutpaint: ({ source, number }) => {
    const from = source('image');
    const width = sum(from.width, number('left'), number('right'));
    return {
      ...withoutSize(from),
      ...size(width, sum(from.height, number('top'), number('bottom'))),
    };
  },
  ImageInvert: through('image'),
  ImageBlur: through('image'),
  ImageSharpen: through('image'),
  ImageQuantize: through('image'),
  ImageFlip: through('image'),
  ImageAddNoise: made('image'),
  ImageBlend: through('image1'),
  ImageCompositeMasked: made('destination'),
};

function linkedNode(value: JsonValue | undefined): string | undefined {
  if (!isJsonArray(value) || value.length !== 2) return undefined;
  return typeof value[0] === 'string' ? value[0] : undefined;
}

/** Other kinds of file may hold several pictures, and are loaded as a batch then. */
function isStill(file: JsonValue | undefined): boolean {
  return typeof file === 'string' && /\.(png|jpe?g)(\s*\[\w+\])?$/i.test(file);
}

function toNumber(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function picture(
  width: number | undefined,
  height: number | undefined,
  count: number,
): ExpectedPicture {
  return { ...size(width, height), count, mayBeFlat: false };
}

function size(
  width: number | undefined,
  height: number | undefined,
): Pick<ExpectedPicture, 'width' | 'height'> {
  return width === undefined || height === undefined ? {} : { width, height };
}

/** A width or height of 0 means "keep the aspect", which needs the size before: not followed. */
function fixedSize(
  width: number | undefined,
  height: number | undefined,
): Pick<ExpectedPicture, 'width' | 'height'> {
  return width === 0 || height === 0 ? {} : size(width, height);
}

function withoutSize({ count, mayBeFlat }: ExpectedPicture): ExpectedPicture {
  return count === undefined ? { mayBeFlat } : { count, mayBeFlat };
}

function snap(value: number | undefined, grid: number): number | undefined {
  return value === undefined ? undefined : Math.floor(value / grid) * grid;
}

function onGrid(from: ExpectedPicture, grid: number): ExpectedPicture {
  return { ...withoutSize(from), ...size(snap(from.width, grid), snap(from.height, grid)) };
}

function scaled(from: ExpectedPicture, by: number | undefined, grid: number): ExpectedPicture {
  const grown = (value: number | undefined): number | undefined =>
    value === undefined || by === undefined ? undefined : roundHalfEven((value / grid) * by) * grid;
  return { ...withoutSize(from), ...size(grown(from.width), grown(from.height)) };
}

function repeated(from: ExpectedPicture, times: number | undefined): ExpectedPicture {
  const { count, ...rest } = from;
  return count === undefined || times === undefined ? rest : { ...rest, count: count * times };
}

/** What lies outside the picture is not cropped out of it. */
function cropped(from: ExpectedPicture, number: Visit['number']): ExpectedPicture {
  const part = (whole: number | undefined, at: string, wanted: string): number | undefined => {
    const offset = number(at);
    const length = number(wanted);
    if (whole === undefined || offset === undefined || length === undefined) return undefined;
    return Math.min(length, whole - Math.min(offset, whole - 1));
  };
  return {
    ...withoutSize(from),
    ...size(part(from.width, 'x', 'width'), part(from.height, 'y', 'height')),
  };
}

function sum(...values: readonly (number | undefined)[]): number | undefined {
  return values.reduce((total, value) =>
    total === undefined || value === undefined ? undefined : total + value,
  );
}

/** Python's round(). */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
