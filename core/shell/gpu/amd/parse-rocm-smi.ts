import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import type { GpuSample } from '../../../contract/machine/gpu.schema.ts';
import { numberIn, textIn } from '../json-values.ts';

/** What `rocm-smi` is asked for. */
export const rocmSmiArguments = [
  '--showproductname',
  '--showuniqueid',
  '--showmeminfo',
  'vram',
  '--showuse',
  '--showtemp',
  '--showpower',
  '--json',
] as const;

/** Reads the answer: an object with a key "card0", "card1" … for each card; keys differ in case between versions. */
export function parseRocmSmi(answer: JsonObject): readonly GpuSample[] {
  return Object.entries(answer).flatMap(([key, card]) => {
    const index = /^card(\d+)$/.exec(key)?.[1];
    return index === undefined || !isJsonObject(card) ? [] : [toSample(Number(index), card)];
  });
}

function toSample(index: number, card: JsonObject): GpuSample {
  const text = (pattern: RegExp): string | undefined => textIn(card, pattern);
  const number = (pattern: RegExp): number | undefined => numberIn(card, pattern);
  const unique = text(/^unique id$/i) ?? text(/^guid$/i);
  const known = {
    memoryTotal: number(/^vram total memory \(b\)$/i),
    memoryUsed: number(/^vram total used memory \(b\)$/i),
    utilisation: number(/^gpu use \(%\)$/i),
    temperature: number(/^temperature \(sensor edge\) \(c\)$/i),
    power: number(/^(average|current socket) graphics package power \(w\)$/i),
    architecture: text(/^gfx version$/i),
  };
  return {
    uuid: unique === undefined ? `amd-card${String(index)}` : `amd-${unique}`,
    name: text(/^card series$/i) ?? text(/^card model$/i) ?? 'AMD graphics card',
    isSplit: false,
    index,
    ...(Object.fromEntries(
      Object.entries(known).filter(([, value]) => value !== undefined),
    ) as Partial<GpuSample>),
  };
}
