import { describe, expect, it } from 'vitest';
import { AppErrorSchema, appError, errorData } from '../../contract/errors.ts';
import { artistMessage } from './artist-message.ts';
import { sampleErrors } from './error-samples.ts';

const JARGON =
  /\b(stack|exception|null|undefined|NaN|JSON|JSON-RPC|payload|API|HTTP|socket|schema|token|traceback|regex|boolean|string|integer|parse|parsed|object|prompt|widget|invalid|illegal|failed|fatal|abort(ed)?|error)\b/i;
const BLAME = /\byou (must|should have|failed|forgot|did not)\b|\byour (mistake|fault)\b/i;
const withoutQuotes = (text: string): string => text.replace(/“[^”]*”/g, '“…”');

describe('artistMessage', () => {
  const samples = sampleErrors();

  it('has a sample of every code, each as the contract defines it', () => {
    expect(samples.map((sample) => sample.code).sort()).toEqual(Object.keys(errorData).sort());
    for (const sample of samples) expect(AppErrorSchema.parse(sample)).toEqual(sample);
  });

  it.each(samples.map((sample) => [sample.code, sample] as const))(
    'writes %s for an artist: whole sentences, no jargon, no blame, something to do next',
    (_code, sample) => {
      const { title, body, nextSteps } = artistMessage(sample);
      const labels = nextSteps.map((step) => step.label);
      expect(title).toMatch(/^[A-Z“]/);
      expect(title).not.toMatch(/[.!?:]$/);
      expect(body).toMatch(/^[A-Z“].*[.?!]$/s);
      expect(withoutQuotes(body)).not.toMatch(/\.\.|” ?“\.|\s{2}|\n/);
      expect(nextSteps.length).toBeGreaterThan(0);
      for (const text of [title, body, ...labels]) {
        expect(withoutQuotes(text)).not.toMatch(JARGON);
        expect(withoutQuotes(text)).not.toMatch(BLAME);
      }
      for (const label of labels) expect(label).toMatch(/^[A-Z].*[^.:]$/);
      expect(new Set(labels).size).toBe(labels.length);
    },
  );

  it('names the node of what ComfyUI refused, and puts no words of ours into its mouth', () => {
    const refused = (message: string, problems: readonly { readonly nodeTitle: string }[]) => {
      const told = problems.map(({ nodeTitle }) => ({
        type: 'value_not_in_list',
        severity: 'error' as const,
        nodeTitle,
        message,
      }));
      return artistMessage(
        appError('comfy/prompt-refused', { type: 't', message, problems: told }),
      );
    };
    const [first, second] = [{ nodeTitle: 'Face pass' }, { nodeTitle: 'Steps' }];
    expect(refused('Steps is 0.', [first, second]).body).toContain(
      'Face pass: Steps is 0. Steps is',
    );
    const ours = 'ComfyUI refused the workflow without saying why.';
    expect(refused(ours, []).body).toBe(
      `${ours} Nothing was queued, and your workflow is as it was.`,
    );
  });

  it('says in every message that the work is safe, or what state it is in', () => {
    const reassurance =
      /safe|[Nn]othing (else )?was (changed|queued|sent)|as it (was|is)|still|kept|stay|untouched|was left|not (touched|overwritten)/;
    for (const sample of samples) expect(artistMessage(sample).body).toMatch(reassurance);
  });

  it('names what would have been right when it is known', () => {
    const { body } = artistMessage(
      appError('op/unknown-widget', {
        nodeId: '3',
        nodeTitle: 'KSampler',
        widget: 'stepz',
        known: ['seed', 'steps'],
      }),
    );
    expect(body).toBe(
      '“KSampler” has no setting “stepz”. It has: “seed” and “steps”. Nothing was changed.',
    );
  });

  it('counts what does not fit when a list is long', () => {
    const known = Array.from({ length: 20 }, (_, index) => `n${String(index)}`);
    const { body } = artistMessage(appError('op/unknown-node', { nodeId: '99', known }));
    expect(body).toContain('“n11” and 8 more.');
  });

  it('keeps a long raw text on one short line', () => {
    const message = `first line\n${'x'.repeat(5000)}`;
    const { body } = artistMessage(
      appError('run/node-failed', {
        nodeId: '3',
        nodeTitle: 'KSampler',
        classType: 'KSampler',
        exceptionType: 'ValueError',
        message,
      }),
    );
    expect(body.length).toBeLessThan(600);
    expect(body).not.toContain('\n');
  });

  it('offers a free choice as a message when one fits', () => {
    const { nextSteps } = artistMessage(
      appError('comfy/missing-model', {
        nodeTitle: 'Load Checkpoint',
        input: 'ckpt_name',
        value: 'sdxl.safetensors',
        near: ['sd_xl_base_1.0.safetensors'],
      }),
    );
    expect(nextSteps).toEqual([
      {
        label: 'Use sd_xl_base_1.0.safetensors',
        command: 'say:Set ckpt_name to sd_xl_base_1.0.safetensors',
      },
    ]);
  });
});
