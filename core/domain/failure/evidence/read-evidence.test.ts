import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appError } from '../../../contract/errors.ts';
import { apiDocument, coreCatalog } from '../../../../tests/fakes/tool-context.ts';
import { parseExactJson } from '../../../base/exact-json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { viewWorkflow } from '../../workflow/view/view-workflow.ts';
import { type Explanation, explainEvidence } from './explain-evidence.ts';
import { readEvidence } from './read-evidence.ts';
import { sharedFolder as shared } from '../../../../tests/fixtures/shared-folder.ts';

const catalog = coreCatalog();
const view = viewWorkflow(apiDocument(), catalog);

function explainAll(text: string, context = { view, catalog }): readonly Explanation[] {
  return readEvidence(text).found.map((evidence) => explainEvidence(evidence, context));
}

function carried(name: string): string {
  return readFileSync(
    new URL(`../../../../tests/fixtures/recordings/${name}`, import.meta.url),
    'utf8',
  );
}

describe('evidence of a failure', () => {
  it('is read from a history entry, with the node’s title', () => {
    const [explanation] = explainAll(carried('client-c05-history-error.json'));
    expect(explanation).toMatchObject({
      causes: ['detect-model'],
      title: expect.stringContaining('“CheckpointLoaderSimple”'.slice(1, 6)),
      body: expect.stringContaining('Two things can be behind this.'),
    });
    expect(explanation?.raw).toContain('v1-5-pruned-emaonly.safetensors');
    expect(JSON.stringify(explanation)).not.toContain('/srv');
  });

  it('is read from recorded events', () => {
    expect(readEvidence(carried('client-error.jsonl'))).toMatchObject({
      source: 'events',
      found: [{ kind: 'run' }],
    });
  });

  it('is read from an answer, every problem with the node’s title and the setting’s name', () => {
    const [explanation] = explainAll(carried('client-v22-many-errors.json'));
    expect(explanation?.causes.toSorted()).toEqual(['min-max', 'value-list']);
    expect(explanation?.body).toMatch(/Load Checkpoint \(4\): .*Checkpoint/);
    expect(explanation?.body).toMatch(/KSampler \(3\): CFG is 500/);
    expect(explanation?.body).toMatch(/KSampler \(3\): Steps is 0/);
  });

  it('says of an answer that took a part what was left out', () => {
    const [explanation] = explainAll(carried('client-v02-missing-required.json'));
    expect(explanation).toMatchObject({
      causes: ['req-missing'],
      title: 'ComfyUI ran a part of this workflow and left the rest out',
    });
  });

  it('says what silence means', () => {
    expect(explainAll(carried('client-v13-cycle.json'))).toMatchObject([{ causes: ['recursion'] }]);
  });

  it('is read from our own errors', () => {
    const error = appError('file/disk-full', { path: 'a.json' });
    expect(explainAll(JSON.stringify({ error: { ...error, message: {} } }))).toMatchObject([
      { title: 'The disk is full' },
    ]);
    expect(explainAll(JSON.stringify(error))).toHaveLength(1);
  });

  it('is read from a log: tracebacks by their last line, each kind once', () => {
    const log = [
      'Starting server',
      '!!! Exception during processing !!! Allocation on device ',
      'Traceback (most recent call last):',
      '  File "/media/anna/ComfyUI/custom_nodes/ComfyUI-Foo/nodes.py", line 7, in run',
      '    x = y(z)',
      'RuntimeError: Expected all tensors to be on the same device, but found cuda:0 and cpu!',
      '',
      'lora key not loaded: lora_a',
      'lora key not loaded: lora_b',
      'Prompt executed in 3.10 seconds',
    ].join('\n');
    const explanations = explainAll(log);
    expect(explanations.map(({ causes }) => causes[0])).toEqual([
      'oom-alloc',
      'same-device',
      'lora-keys',
    ]);
    expect(explanations[1]?.body).toContain('inside the node pack “ComfyUI-Foo”');
    expect(JSON.stringify(explanations)).not.toMatch(/anna/);
  });

  it('keeps the numbers that stand below an out-of-memory', () => {
    const [explanation] = explainAll(
      'torch.OutOfMemoryError: Allocation on device 0 would exceed allowed memory. (out of memory)\nCurrently allocated     : 20.11 GiB\nRequested               : 4.50 GiB\nDevice limit            : 24.00 GiB\ngot prompt\n',
    );
    expect(explanation?.body).toContain('It asked for 4.5 GB more, of 24.0 GB in all.');
    expect(explanation?.raw).not.toContain('got prompt');
  });

  it('says that it does not know what it does not know, and nothing about what is no failure', () => {
    expect(explainAll('Error: flux capacitor missing')).toMatchObject([
      { causes: [], title: 'This is not known here' },
    ]);
    for (const text of ['', 'got prompt\nPrompt executed in 3.1 seconds', '{}', '[]']) {
      expect(explainAll(text)).toEqual([]);
    }
    expect(explainAll(carried('client-c12-history.json'))).toEqual([]);
  });

  it('calls a stopped run stopped', () => {
    expect(explainAll(carried('client-c06-history-interrupted.json'))).toMatchObject([
      { kind: 'stopped' },
    ]);
  });
});

const folder = join(shared ?? '', 'comfyui-recordings');

describe.skipIf(shared === undefined)(
  'recordings of a real ComfyUI (set SECOND_UNIT_SHARED to the folder that holds them)',
  () => {
    const http = shared === undefined ? [] : readdirSync(join(folder, 'http'));
    const bodyOf = (name: string): string => readFileSync(join(folder, 'http', name), 'utf8');
    const statusOf = (name: string): number =>
      Number(bodyOf(`${name}.resp.headers.txt`).split(' ')[1]);
    const names = http
      .filter((name) => /^(?:v\d|f\d|e30).*\.resp\.headers\.txt$/.test(name))
      .map((name) => name.replace('.resp.headers.txt', ''));

    it('explains every refusal, and says where and which setting when ComfyUI does', () => {
      let refusals = 0;
      let places = 0;
      for (const name of names) {
        const file = http.find((body) => body.startsWith(`${name}.resp.body`));
        if (file === undefined || !/^(?:v|f0\d-prompt|e30)/.test(name)) continue;
        const text = bodyOf(file);
        const isPrompt = bodyOf(`${name}.req.txt`).startsWith('POST /prompt ');
        const answer = parseExactJson(text);
        const nodeErrors =
          answer.ok && isJsonObject(answer.value) && isJsonObject(answer.value['node_errors'])
            ? answer.value['node_errors']
            : {};
        const isBad =
          statusOf(name) === 400 || statusOf(name) === 413 || Object.keys(nodeErrors).length > 0;
        if (!isPrompt || !isBad) continue;
        refusals += 1;
        const root = payloadOf(bodyOf(`${name}.req.txt`));
        const own = viewWorkflow({ format: 'api', root }, catalog);
        const explanations = explainAll(text, { view: own, catalog });
        expect(explanations, name).toHaveLength(1);
        const [explanation] = explanations;
        expect(explanation?.causes.length, `${name}: ${explanation?.body ?? ''}`).toBeGreaterThan(
          0,
        );
        expect(explanation?.nextSteps.length, name).toBeGreaterThan(0);
        expect(JSON.stringify(explanation), name).not.toMatch(/\/srv\/|Traceback|execution\.py/);
        for (const id of Object.keys(nodeErrors)) {
          places += 1;
          const title = own.node(id)?.title ?? id;
          expect(explanation?.body, name).toContain(`${title} (${id}): `);
        }
      }
      expect(refusals).toBeGreaterThanOrEqual(30);
      expect(places).toBeGreaterThanOrEqual(25);
    });

    it('explains every failed run of the histories and the events by its node', () => {
      const logs = readdirSync(join(folder, 'ws')).filter((name) => name.endsWith('.jsonl'));
      const sources = [
        ...http
          .filter((name) => /history.*\.resp\.body\.json$/.test(name))
          .map((name) => [name, bodyOf(name)] as const),
        ...logs.map((name) => [name, readFileSync(join(folder, 'ws', name), 'utf8')] as const),
      ];
      let failures = 0;
      let known = 0;
      for (const [name, text] of sources) {
        const told = (text.match(/exception_message/g) ?? []).length;
        const found = readEvidence(text).found.filter(
          (evidence) => evidence.kind === 'run' && evidence.failure.message !== '',
        );
        expect(found.length, name).toBe(told);
        for (const evidence of found) {
          failures += 1;
          const explanation = explainEvidence(evidence, { view, catalog });
          if (explanation.causes.length > 0) known += 1;
          expect(explanation.body, name).toMatch(/^“|^It happened at “/);
          expect(explanation.nextSteps.length, name).toBeGreaterThan(0);
          expect(JSON.stringify(explanation), name).not.toMatch(/\/srv\/|\.py\b/);
        }
      }
      expect(failures).toBeGreaterThanOrEqual(15);
      // The others are a stand-in library and test nodes of the recording, which nobody can know.
      expect(known).toBeGreaterThanOrEqual(10);
    });
  },
);

/** The payload of a recorded request; an empty one where the request had none. */
function payloadOf(request: string) {
  const parsed = parseExactJson(request.slice(request.indexOf('{')));
  const prompt = parsed.ok && isJsonObject(parsed.value) ? parsed.value['prompt'] : undefined;
  return isJsonObject(prompt) ? prompt : {};
}
