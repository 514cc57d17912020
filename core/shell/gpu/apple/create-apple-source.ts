import { totalmem } from 'node:os';
import { type Result, err, ok } from '../../../base/result.ts';
import type { GpuSample, GpuTrouble } from '../../../contract/machine/gpu.schema.ts';
import { askTool } from '../ask-tool.ts';
import { createPolledSource } from '../create-polled-source.ts';
import type { GpuSource, SourceTiming } from '../gpu-source.ts';
import { type ListedCard, parseDisplays } from './parse-displays.ts';
import { parseIoreg } from './parse-ioreg.ts';

/** The two tools that come with macOS. */
export interface AppleTools {
  readonly ioreg: readonly [string, ...string[]];
  readonly systemProfiler: readonly [string, ...string[]];
}

/** Where macOS has them. */
export const appleTools: AppleTools = {
  ioreg: ['/usr/sbin/ioreg'],
  systemProfiler: ['/usr/sbin/system_profiler'],
};

const IOREG_ARGUMENTS = ['-r', '-d', '1', '-w', '0', '-c', 'AGXAccelerator'] as const;

/**
 * The graphics of a Mac. An Apple chip tells its load and shares the machine's memory; a card beside an
 * Intel processor tells only its name and its memory.
 */
export function createAppleSource(tools: AppleTools, timing: SourceTiming): GpuSource {
  const patience = timing.patienceMs === undefined ? {} : { patienceMs: timing.patienceMs };
  let listed: readonly ListedCard[] | undefined;
  const list = async (signal: AbortSignal): Promise<readonly ListedCard[]> => {
    const command = [...tools.systemProfiler, 'SPDisplaysDataType', '-json'] as const;
    const answer = await askTool(command, { ...patience, signal });
    return answer.ok ? parseDisplays(answer.value) : [];
  };
  const ask = async (signal: AbortSignal): Promise<Result<readonly GpuSample[], GpuTrouble>> => {
    const answer = await askTool([...tools.ioreg, ...IOREG_ARGUMENTS], { ...patience, signal });
    if (!answer.ok && answer.error !== 'failed') return err(TROUBLES[answer.error]);
    const graphics = answer.ok ? parseIoreg(answer.value) : undefined;
    // It takes a second and never changes: asked once, and only for what the registry does not tell.
    if (graphics?.name === undefined) listed ??= await list(signal);
    if (graphics === undefined) {
      const cards = (listed ?? []).map((card, index) => ({
        uuid: `mac-${String(index)}`,
        name: card.name,
        isSplit: false,
        index,
        ...(card.memory === undefined ? { isUnified: true } : { memoryTotal: card.memory }),
      }));
      return cards.length === 0 ? err('no-card') : ok(cards);
    }
    const { name = listed?.[0]?.name ?? 'Apple graphics', utilisation, memoryUsed } = graphics;
    return ok([
      {
        uuid: 'mac-0',
        name,
        isSplit: false,
        isUnified: true,
        index: 0,
        memoryTotal: totalmem(),
        ...(memoryUsed === undefined ? {} : { memoryUsed }),
        ...(utilisation === undefined ? {} : { utilisation }),
      },
    ]);
  };
  return createPolledSource(ask, timing);
}

const TROUBLES = { missing: 'no-tool', hangs: 'hangs' } as const;
