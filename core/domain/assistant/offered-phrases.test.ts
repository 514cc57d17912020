import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { artistMessage } from '../errors/artist-message.ts';
import { sampleErrors } from '../errors/error-samples.ts';
import { createNodeCatalog } from '../workflow/create-catalog.ts';
import { parseWorkflow } from '../workflow/parse-workflow.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject } from '../../base/json.ts';
import { planMessage } from './plan-message.ts';
import { planContext } from '../../../tests/fakes/plan-context.ts';

const ROOT = join(import.meta.dirname, '../../..');
const info = parseExactJson(
  readFileSync(join(ROOT, 'tests/fixtures/object-info.core.json'), 'utf8'),
);
const workflow = parseWorkflow(
  readFileSync(join(ROOT, 'resources/templates/sdxl-text-to-image.json'), 'utf8'),
);
if (!info.ok || !isJsonObject(info.value) || !workflow.ok) throw new Error('a fixture is broken');
const context = planContext(workflow.value, createNodeCatalog(info.value));

const phrases = [
  ...new Set(
    sampleErrors()
      .flatMap((error) => artistMessage(error).nextSteps)
      .flatMap((step) =>
        step.command?.startsWith('say:') === true ? [step.command.slice('say:'.length)] : [],
      ),
  ),
];

describe('what errors offer to say', () => {
  it('is looked at', () => {
    expect(phrases.length).toBeGreaterThanOrEqual(10);
  });

  it.each(phrases)('is understood: %s', (phrase) => {
    const plan = planMessage(phrase, context);
    const text = plan.kind === 'calls' ? '' : plan.text;
    expect({ phrase, text }).not.toMatchObject({
      text: expect.stringMatching(/did not understand|No one setting|no setting and no node/),
    });
  });
});
