import { describe, expect, it } from 'vitest';
import { PAYLOAD_FORM, type Receipt } from '../../../contract/run/receipt.schema.ts';
import { type FileNow, type ReceiptNow, findDrift } from './find-drift.ts';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
const server = {
  name: 'http://127.0.0.1:8188',
  comfyVersion: '0.3.64',
  pythonVersion: '3.11.7',
  torchVersion: '2.8.0',
  flags: ['--lowvram', '--port', '8188'],
  devices: [{ name: 'RTX 4090', vramTotal: 24 }],
};
const receipt: Receipt = {
  kind: 'second-unit-receipt',
  version: 1,
  state: 'complete',
  appVersion: '1',
  promptId: 'run-1',
  sessionId: 's',
  label: 'Render',
  asked: { by: { role: 'artist', name: 'artist' }, message: null },
  since: [],
  changes: [],
  workflow: { name: 'shot', revision: 1 },
  payload: { form: PAYLOAD_FORM, digest: a, document: {} },
  seeds: [],
  models: [
    { name: 'm.safetensors', folder: 'loras', nodeTitles: [], bytes: 9, sha256: a, hash: 'known' },
  ],
  inputs: [{ nodeId: '1', nodeTitle: 'Plate', filename: 'plate.png', sha256: a }],
  classes: [
    { classType: 'KSampler', digest: a, module: 'nodes' },
    { classType: 'Odd', digest: a, module: 'custom_nodes.odd-pack' },
  ],
  server,
  outputs: [output('shot_00001_.png', 'output'), output('preview.png', 'temp')],
  timings: { proposedAt: 0, nodes: [] },
  cached: [],
  status: 'verified',
  isConfirmed: true,
  gaps: [],
};

function output(filename: string, folder: 'output' | 'temp'): Receipt['outputs'][number] {
  const where = { nodeId: '9', nodeTitle: 'Save', subfolder: '', folder };
  return { ...where, kind: 'image', filename, bytes: 3, sha256: a };
}

const here: FileNow = { found: 'here', bytes: 9, sha256: a };
const asThen: ReceiptNow = {
  payloadDigest: a,
  pictures: [{ filename: 'shot_00001_.png', payloadDigest: a }],
  server,
  classes: receipt.classes,
  models: [here],
  inputs: [here],
  outputs: [here, here],
};

function sentences(now: Partial<ReceiptNow>, then: Partial<Receipt> = {}): readonly string[] {
  const report = findDrift({ ...receipt, ...then }, { ...asThen, ...now });
  return report.drift.map(({ subject, kind, sentence }) => `${subject} ${kind}: ${sentence}`);
}

describe('what has drifted since a receipt was written', () => {
  it('is nothing when everything is as it was', () => {
    expect(findDrift(receipt, asThen)).toMatchObject({ drift: [], unchecked: [], compared: 13 });
  });

  it('is a receipt that was edited, or a picture of another workflow', () => {
    expect(sentences({ payloadDigest: b })[0]).toMatch(/^payload changed: .* was edited/);
    expect(sentences({ pictures: [{ filename: 'x.png', payloadDigest: b }] })).toEqual([
      'payload changed: “x.png” was made by another workflow than the receipt’s.',
    ]);
  });

  it.each<[FileNow, RegExp]>([
    [{ found: 'gone' }, /^model gone: .* is not in loras any more/],
    [{ found: 'gone', renamedTo: 'n.safetensors' }, /^model renamed: .*“n.safetensors” now/],
    [{ found: 'here', bytes: 8 }, /^model changed: .*8 bytes instead of 9/],
    [{ found: 'here', bytes: 9, sha256: b }, /^model changed: .*other contents/],
  ])('is a model that is %j', (model, sentence) => {
    const [only, ...rest] = sentences({ models: [model] });
    expect(only).toMatch(sentence);
    expect(rest).toEqual([]);
  });

  it('is a result or a plate that is gone or another one, but not a preview that was swept away', () => {
    expect(sentences({ outputs: [{ found: 'gone' }, { found: 'gone' }] })).toEqual([
      'output gone: The result “shot_00001_.png” is gone.',
    ]);
    const other: FileNow = { found: 'here', bytes: 3, sha256: b };
    expect(sentences({ outputs: [other, here], inputs: [other] })).toEqual([
      'input changed: The input “plate.png” is there, but its contents are others.',
      'output changed: The result “shot_00001_.png” is there, but its contents are others.',
    ]);
  });

  it('is another server, card or way to start it; where it listens is none', () => {
    const flags = ['--port', '9000', '--listen', '--fast', 'fp16_accumulation'];
    const now = { ...server, comfyVersion: '0.4.0', flags, devices: [] };
    expect(sentences({ server: now })).toEqual([
      'server changed: ComfyUI was 0.3.64, it is 0.4.0 now.',
      'server changed: The graphics card was RTX 4090, it is unknown now.',
      'flags changed: ComfyUI is started with --fast fp16_accumulation and without --lowvram now.',
    ]);
    expect(sentences({ server: { ...server, flags: ['--lowvram', '--port=1'] } })).toEqual([]);
  });

  it('is a node that changed or is not installed', () => {
    const classes = [{ classType: 'KSampler', digest: b }, { classType: 'Odd' }];
    expect(sentences({ classes })).toEqual([
      'node-class changed: The node “KSampler” has other settings or slots than when this was rendered.',
      'node-class gone: The node “Odd” of odd-pack is not installed in this ComfyUI.',
    ]);
  });

  it('says what could not be looked at instead of calling it the same', () => {
    const unknown: FileNow = { found: 'unknown', why: 'ComfyUI does not answer' };
    const now = { server: undefined, models: [unknown], inputs: [], outputs: [unknown, unknown] };
    const report = findDrift(receipt, { ...asThen, ...now });
    expect(report.drift).toEqual([]);
    expect(report.unchecked).toHaveLength(5);
    expect(report.unchecked.join(' ')).toContain('ComfyUI does not answer');
  });

  it('compares a model by what is known of it', () => {
    const models: Receipt['models'] = [
      { name: 'm.safetensors', folder: 'loras', nodeTitles: [], bytes: 9, hash: 'unreadable' },
    ];
    const report = findDrift({ ...receipt, models }, { ...asThen, models: [here] });
    expect(report.drift).toEqual([]);
    expect(report.unchecked).toEqual([
      'Of the model “m.safetensors” only the name and size could be compared.',
    ]);
  });
});
