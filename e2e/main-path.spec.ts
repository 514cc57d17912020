import { expect, test } from './fixtures.ts';
import { changeCard, openTemplate, runCard, say } from './steps.ts';

test('a message becomes a change that is accepted in part, a render, a picture and a verdict', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps and make it 16:9, then render');
  const card = changeCard(window);
  await expect(card.getByRole('listitem')).toHaveCount(3);
  const steps = card.getByRole('checkbox', { name: 'Steps 20 → 30 on KSampler' });
  await expect(steps).toBeChecked();
  await steps.uncheck();
  await expect(window.getByRole('region', { name: 'Runs' })).toContainText('Nothing is rendering');
  await keepPicture(window, 'one-change-left-out');
  await card.getByRole('button', { name: 'Accept 2 of 3' }).click();

  const run = runCard(window);
  await expect(run).toHaveAttribute('data-status', 'verified');
  await expect(run.getByRole('group', { name: 'Verdict' })).toContainText('as asked');
  await expect(run).toContainText('KSampler steps20');
  await expect(run).toContainText('Size width1344');
  await expect(run.getByRole('img', { name: /^Render, / })).toBeVisible();
  await keepPicture(window, 'verified');

  await run.getByRole('button', { name: /^Show .* large$/ }).click();
  const viewer = window.getByRole('region', { name: 'Picture' });
  await expect(viewer).toContainText('1344 × 768');
  await expect
    .poll(() =>
      viewer
        .getByRole('img')
        .first()
        .evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]),
    )
    .toEqual([1344, 768]);
  await keepPicture(window, 'picture');
});

test('a rejected change leaves the workflow as it was', async ({ window }) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps');
  const card = changeCard(window);
  await card.getByRole('button', { name: 'Reject' }).click();
  await card.getByRole('textbox', { name: 'Why you reject it' }).fill('25 is enough');
  await window.keyboard.press('Enter');
  await expect(card).toHaveAttribute('data-status', 'rejected');
  await expect(card).toContainText('25 is enough');
  await expect(window.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('an accepted change can be undone and redone', async ({ window }) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps');
  const card = changeCard(window);
  await card.getByRole('button', { name: 'Accept' }).first().click();
  await expect(card).toHaveAttribute('data-status', 'applied');
  await window.getByRole('button', { name: 'Undo' }).click();
  await expect(card).toHaveAttribute('data-status', 'reverted');
  await window.getByRole('button', { name: 'Redo' }).click();
  await expect(card).toHaveAttribute('data-status', 'applied');
});

test('a message that is not understood is answered with what can be done', async ({ window }) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, 'flurb the wibble');
  await expect(window.getByRole('list', { name: 'You could say' })).toBeVisible();
  await expect(window.getByRole('region', { name: /^Proposed change/ })).toHaveCount(0);
});
