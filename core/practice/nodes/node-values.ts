import { type JsonValue } from '../../base/json.ts';
import { type Mask, type Picture } from '../images/picture.ts';

/** A word for everything that made something; two things with equal recipes look the same. */
export interface Recipe {
  /** Parts in the order they came together, e.g. "checkpoint sd_xl_base_1.0.safetensors". */
  readonly parts: readonly string[];
}

/** MODEL: what it was loaded from and patched with. */
export interface Model extends Recipe {
  readonly kind: 'MODEL';
}

/** CLIP, VAE, CONTROL_NET, UPSCALE_MODEL and the like: a loaded file and what was done to it. */
export interface LoadedPart extends Recipe {
  readonly kind: 'PART';
}

/** CONDITIONING: the text, and everything combined into it. */
export interface Conditioning extends Recipe {
  readonly kind: 'CONDITIONING';
  readonly text: string;
}

/** How one sampling went; enough to draw its picture. */
export interface Sampling {
  readonly parts: readonly string[];
  readonly positive: string;
  readonly negative: string;
  readonly seed: string;
  readonly steps: number;
  readonly cfg: number;
  readonly denoise: number;
  /** 0..1: how much noise is still in it; above 0 when a sampler stopped early. */
  readonly leftover: number;
}

/** LATENT: its size in pixels and where its content came from. */
export interface Latent {
  readonly kind: 'LATENT';
  readonly width: number;
  readonly height: number;
  readonly batch: number;
  /** Empty, a picture that was encoded, or a sampling over another latent. */
  readonly content: LatentContent;
  readonly noiseMask?: Mask;
}

/** What is in a latent. */
export type LatentContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'sampled'; readonly sampling: Sampling; readonly over: Latent };

/** NOISE, SAMPLER, SIGMAS and GUIDER of the custom sampler nodes. */
export type SamplerPart =
  | { readonly kind: 'NOISE'; readonly seed: string }
  | { readonly kind: 'SAMPLER'; readonly parts: readonly string[] }
  | {
      readonly kind: 'SIGMAS';
      readonly parts: readonly string[];
      readonly steps: number;
      readonly denoise: number;
    }
  | {
      readonly kind: 'GUIDER';
      readonly model: Model;
      readonly positive: Conditioning;
      readonly negative: Conditioning | undefined;
      readonly cfg: number;
    };

/** Anything that travels along a link. */
export type NodeValue =
  | { readonly kind: 'JSON'; readonly value: JsonValue }
  | Picture
  | Mask
  | Model
  | LoadedPart
  | Conditioning
  | Latent
  | SamplerPart;

/** Wraps a plain value for a link. */
export function toJsonValue(value: JsonValue): NodeValue {
  return { kind: 'JSON', value };
}
