import { describe, expect, it } from 'vitest';
import type { Hardware } from '../../contract/machine/hardware.schema.ts';
import { callTool, comfyGone, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { getSystemStats } from './get-system-stats.tool.ts';

describe('get_system_stats', () => {
  it('tells graphics memory in gigabytes', async () => {
    expect(await callTool(getSystemStats, {}, emptyContext())).toMatchObject({
      ok: true,
      text: 'NVIDIA GeForce RTX 4090: 18.0 of 24.0 GB free. Memory: 96.0 of 128.0 GB free. ComfyUI 0.3.64',
    });
  });

  it('tells what the card can calculate in', async () => {
    const hardware: Hardware = {
      source: 'driver',
      os: 'Windows 11 Pro',
      ramTotal: 128 * 1024 ** 3,
      gpus: [
        {
          name: 'NVIDIA GeForce RTX 3090',
          maker: 'nvidia',
          isUnified: false,
          memory: 24 * 1024 ** 3,
          generation: 'Ampere',
          computeCapability: '8.6',
          precisions: { fp16: 'hardware', bf16: 'hardware', fp8: 'storage', fp4: 'unknown' },
        },
      ],
      comfyGpu: 0,
    };
    const answer = await callTool(getSystemStats, {}, emptyContext({ hardware }));
    expect(answer).toMatchObject({ value: { hardware } });
    expect(answer.ok && answer.text).toMatch(
      /RTX 3090: 24 GB, Ampere \(compute capability 8\.6\)\. .*holds fp8 models, which saves memory but no time$/,
    );
  });

  it('hands on that ComfyUI does not answer', async () => {
    expect(await callTool(getSystemStats, {}, emptyContext({ comfy: comfyGone() }))).toMatchObject({
      error: { code: 'comfy/unreachable' },
    });
  });
});
