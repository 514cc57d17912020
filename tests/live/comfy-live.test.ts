import { describe } from 'vitest';
import { comfyChecks } from '../fakes/comfy/comfy-checks.ts';

const url = process.env['COMFYUI_URL'];

describe.skipIf(url === undefined)(
  'the adapter against a real ComfyUI (set COMFYUI_URL to its address)',
  () => {
    comfyChecks(() => url ?? '');
  },
);
