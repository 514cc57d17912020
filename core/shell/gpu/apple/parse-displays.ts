import { parseExactJson } from '../../../base/exact-json.ts';
import { isJsonArray, isJsonObject } from '../../../base/json.ts';
import { textIn } from '../json-values.ts';

/** A card as `system_profiler SPDisplaysDataType -json` lists it. */
export interface ListedCard {
  readonly name: string;
  /** Bytes of its own; absent where it shares the machine's memory. */
  readonly memory?: number;
}

const UNITS = { MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** The cards of a Mac by name; none for an answer that is none. */
export function parseDisplays(text: string): readonly ListedCard[] {
  const parsed = parseExactJson(text);
  const list = parsed.ok && isJsonObject(parsed.value) ? parsed.value['SPDisplaysDataType'] : null;
  if (list === undefined || !isJsonArray(list)) return [];
  return list.flatMap((card) => {
    if (!isJsonObject(card)) return [];
    const name = textIn(card, /^sppci_model$/) ?? textIn(card, /^_name$/);
    const memory = /^(\d+)\s*(MB|GB)$/.exec(textIn(card, /^spdisplays_vram$/) ?? '');
    if (name === undefined) return [];
    const unit = memory?.[2] === 'GB' ? UNITS.GB : UNITS.MB;
    return [{ name, ...(memory === null ? {} : { memory: Number(memory[1]) * unit }) }];
  });
}
