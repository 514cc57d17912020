import { describe, expect, it } from 'vitest';
import { packOf } from './pack-of.ts';
import { redactText } from './redact-text.ts';

describe('redactText', () => {
  it.each([
    ['no file /media/anna/ComfyUI/models/vae/ae.safetensors here', 'no file ae.safetensors here'],
    [
      "cannot identify image file 'C:\\Users\\Anna Smith\\My Pictures\\plate.exr'",
      "cannot identify image file 'plate.exr'",
    ],
    ['File "/srv/comfy/nodes.py", line 3', 'File "nodes.py", line 3'],
    ['\\\\render01\\share\\models\\x.gguf is gone', 'x.gguf is gone'],
    ['D:\\Anna Files\\models\\v1-5.safetensors', 'v1-5.safetensors'],
    ['file:///media/anna/x/y.png', 'y.png'],
    ['~/secret/place/y.png', 'y.png'],
  ])('leaves of %j the file only', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    'Authorization: Bearer abc.def-ghi',
    'api_key=sk-1234567890abcdefghij',
    "'auth_token_comfy_org': 'abcdef123456'",
    'https://anna:hunter2@comfy.example/x',
    'key comfyui-0123456789abcdef0123456789',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc',
  ])('hides the secret in %j', (text) => {
    expect(redactText(text)).toContain('[hidden]');
    expect(redactText(text)).not.toMatch(
      /abc\.def|1234567890abc|abcdef123|hunter2|0123456789abcdef|eyJzdWI/,
    );
  });

  it.each([
    'see https://download.pytorch.org/whl/cu128/torch',
    "ckpt_name: 'anime/dreamshaper_8.safetensors' not in list",
    'mat1 and mat2 shapes cannot be multiplied (77x768 and 2048x640)',
    'ratio 16/9 and 4/3',
  ])('leaves %j as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('packOf', () => {
  it('names the pack of the last frame that is in one', () => {
    const frames =
      'File "/srv/ComfyUI/execution.py"\nFile "C:\\ComfyUI\\custom_nodes\\ComfyUI-Foo\\nodes.py", line 1\nFile "/x/torch/nn.py"';
    expect(packOf(frames)).toBe('ComfyUI-Foo');
    expect(packOf('File "/srv/custom_nodes/rig_nodes.py", line 31')).toBe('rig_nodes');
    expect(packOf('File "/srv/ComfyUI/nodes.py"')).toBeUndefined();
  });
});
