import type {
  Hardware,
  HardwareGpu,
  PrecisionSupport,
} from '../../../contract/machine/hardware.schema.ts';

const GIB = 1024 ** 3;

/** The machine in words, one sentence for each card and one for the rest. */
export function describeHardware(hardware: Hardware): readonly string[] {
  const { os, cpu, processors, ramTotal, gpus } = hardware;
  const rest = [
    os,
    ...(cpu === undefined ? [] : [cpu]),
    ...(processors === undefined ? [] : [`${String(processors)} processors`]),
    `${String(Math.round(ramTotal / GIB))} GB memory`,
  ];
  return [...gpus.map(describeCard), `${rest.join(', ')}.`];
}

/** "NVIDIA GeForce RTX 3090: 24 GB, Ampere (compute capability 8.6). …" */
export function describeCard(card: HardwareGpu): string {
  const { name, memory, isUnified, generation, computeCapability } = card;
  const capability =
    computeCapability === undefined ? '' : ` (compute capability ${computeCapability})`;
  const facts = [
    ...(isUnified
      ? ['shares the machine’s memory']
      : memory === undefined
        ? []
        : [`${String(Math.round(memory / GIB))} GB`]),
    ...(generation === undefined ? [] : [`${generation}${capability}`]),
  ];
  const formats = describePrecisions(card);
  return `${name}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}.${formats === '' ? '' : ` ${formats}`}`;
}

/** "Calculates in fp16 and bf16; keeps fp8 models in memory, which saves no time." */
function describePrecisions({ precisions }: HardwareGpu): string {
  const those = (support: PrecisionSupport): string =>
    list(Object.entries(precisions).flatMap(([name, value]) => (value === support ? [name] : [])));
  const parts = [
    ...(those('hardware') === '' ? [] : [`calculates in ${those('hardware')}`]),
    ...(those('storage') === ''
      ? []
      : [`holds ${those('storage')} models, which saves memory but no time`]),
    ...(those('none') === '' ? [] : [`cannot load ${those('none')} models`]),
  ].join('; ');
  return parts === '' ? '' : `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`;
}

function list(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
