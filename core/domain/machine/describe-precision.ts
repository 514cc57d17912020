import type { SafetensorsHeader } from './safetensors-header.ts';

const words: Readonly<Record<string, string>> = {
  F64: 'fp64',
  F32: 'fp32',
  F16: 'fp16',
  BF16: 'bf16',
  F8_E4M3: 'fp8',
  F8_E5M2: 'fp8',
  I8: 'int8',
  U8: 'int8',
};

/** The number format that most of a model's weights have, e.g. "fp16"; undefined for a file without weights. */
export function describePrecision({
  formats,
}: Pick<SafetensorsHeader, 'formats'>): string | undefined {
  const [most] = Object.entries(formats).toSorted(([, a], [, b]) => b - a);
  if (most === undefined) return undefined;
  const [format] = most;
  return Object.hasOwn(words, format) ? words[format] : format.toLowerCase();
}
