import { freemem, totalmem } from 'node:os';
import { type JsonObject } from '../base/json.ts';
import { type Model } from './nodes/node-values.ts';

const GIB = 2 ** 30;
const VRAM_TOTAL = 24 * GIB;
/** What a desktop and CUDA hold without any model. */
const VRAM_BASE = Math.round(0.9 * GIB);

/** The practice GPU: nothing real, but it fills and empties as one does. */
export interface Machine {
  /** A model of this name is in memory from now on. */
  loadModel(model: Model): void;
  /** A run that needs room for pictures of this many pixels is going; 0 when it ended. */
  setWorkload(pixels: number): void;
  unloadModels(): void;
  /** The answer of `/system_stats`. */
  stats(argv: readonly string[]): JsonObject;
}

/** Makes the practice GPU with 24 GiB, in a ComfyUI of this version. */
export function createMachine(version = '0.3.64'): Machine {
  let models = new Map<string, number>();
  let workload = 0;
  return {
    loadModel: (model) => {
      const name = model.parts[0] ?? 'model';
      models.delete(name);
      models.set(name, modelBytes(name));
      // The oldest models make room, as the real server's do.
      const held = (): number => [...models.values()].reduce((sum, bytes) => sum + bytes, 0);
      for (const oldest of models.keys()) {
        if (held() <= VRAM_TOTAL * 0.8 || oldest === name) break;
        models.delete(oldest);
      }
    },
    setWorkload: (pixels) => {
      workload = pixels === 0 ? 0 : Math.round(0.4 * GIB + pixels * 1100);
    },
    unloadModels: () => {
      models = new Map();
    },
    stats: (argv) => {
      const held = [...models.values()].reduce((sum, bytes) => sum + bytes, 0);
      const torch = held + workload;
      const free = Math.max(Math.round(0.2 * GIB), VRAM_TOTAL - VRAM_BASE - torch);
      return {
        system: {
          os: process.platform === 'win32' ? 'nt' : 'posix',
          ram_total: totalmem(),
          ram_free: freemem(),
          comfyui_version: version,
          required_frontend_version: '1.27.10',
          installed_templates_version: '0.1.95',
          required_templates_version: '0.1.95',
          python_version: '3.11.7 (practice)',
          pytorch_version: '2.8.0+practice',
          embedded_python: false,
          argv,
        },
        devices: [
          {
            name: 'cuda:0 Practice GPU : practice',
            type: 'cuda',
            index: 0,
            vram_total: VRAM_TOTAL,
            vram_free: free,
            torch_vram_total: torch,
            torch_vram_free: Math.round(torch * 0.03),
          },
        ],
      };
    },
  };
}

function modelBytes(name: string): number {
  if (/flux|qwen|hidream|wan|hunyuan/i.test(name)) return Math.round(11.9 * GIB);
  if (/sd3|cascade|chroma|z_image/i.test(name)) return Math.round(8.1 * GIB);
  return Math.round((/xl/i.test(name) ? 5.1 : 2.1) * GIB);
}
