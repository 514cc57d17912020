import { expect, test } from './fixtures.ts';
import { changeCard, openTemplate, runCard, say, turn } from './steps.ts';

test('a change that waits for its yes does not keep the artist from talking on', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps');
  const first = turn(window, '30 steps').getByRole('region', { name: /^Proposed change/ });
  await expect(first).toHaveAttribute('data-status', 'proposed');
  await say(window, 'cfg 6');
  const second = turn(window, 'cfg 6').getByRole('region', { name: /^Proposed change/ });
  await expect(second).toHaveAttribute('data-status', 'proposed');
  await keepPicture(window, 'two-wait');
  await second.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(second).toHaveAttribute('data-status', 'applied');
  await expect(window.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await first.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(first).toHaveAttribute('data-status', 'applied');
});

test.describe('while a render is on its way', () => {
  test.use({ stepMs: 400 });

  test('the artist can ask, and say that it should stop', async ({ window }) => {
    await openTemplate(window, /^SDXL text to image/);
    await say(window, 'render');
    await expect(runCard(window)).toHaveAttribute('data-status', 'running');
    // Escape stops the assistant, which has nothing to do now: the render goes on.
    await window.keyboard.press('Escape');
    await say(window, 'how far is it?');
    await expect(turn(window, 'render')).not.toContainText('Stopped');
    await expect(turn(window, 'how far is it?')).toHaveAttribute('data-status', 'done');
    await expect(runCard(window)).toHaveAttribute('data-status', 'running');
    await say(window, 'stop the render');
    await expect(runCard(window)).toHaveAttribute('data-status', 'cancelled');
  });
});

test('the keyboard is where the artist goes on after a dialog, an example and an answer', async ({
  window,
}) => {
  const message = window.getByRole('textbox', { name: 'Message' });
  await window.getByRole('button', { name: '30 steps and make it 16:9' }).click();
  await expect(message).toBeFocused();
  await expect(message).toHaveValue('30 steps and make it 16:9');
  await window.keyboard.press('ControlOrMeta+o');
  await expect(window.getByRole('button', { name: 'Choose a file' })).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(message).toBeFocused();
  await openTemplate(window, /^SDXL text to image/);
  await expect(message).toBeFocused();
  await window.keyboard.press('Enter');
  const card = changeCard(window);
  await card.getByRole('button', { name: 'Reject' }).click();
  await window.keyboard.press('Enter');
  await expect(card).toHaveAttribute('data-status', 'rejected');
  await expect(message).toBeFocused();
});

test('a yes in words accepts the change that waits, without what was left out', async ({
  window,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps and cfg 6');
  const card = changeCard(window);
  await card.getByRole('checkbox', { name: /^CFG/ }).uncheck();
  await say(window, 'yes');
  await expect(card).toHaveAttribute('data-status', 'applied');
  await expect(card).toContainText('left out');
  await expect(window.getByRole('textbox', { name: 'Message' })).toHaveValue('');
});

test('a change that clashes with another says with what, and is asked for again with a click', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps');
  const first = turn(window, '30 steps')
    .first()
    .getByRole('region', { name: /^Proposed change/ });
  await expect(first).toHaveAttribute('data-status', 'proposed');
  await say(window, '25 steps');
  await expect(changeCard(window)).toHaveAttribute('data-status', 'proposed');
  await say(window, 'accept');
  await expect(first).toHaveAttribute('data-status', 'stale');
  await expect(first.getByRole('list', { name: 'What clashes' })).toContainText(/steps/i);
  await keepPicture(window, 'clash');
  await first.getByRole('button', { name: 'Ask again' }).click();
  await expect(changeCard(window)).toContainText('Steps 25 → 30 on KSampler');
});

test('a named state is gone back to, and what was left is still there as a branch', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  const change = async (message: string): Promise<void> => {
    await say(window, message);
    await expect(changeCard(window)).toHaveAttribute('data-status', 'proposed');
    await say(window, 'yes');
    await expect(changeCard(window)).toHaveAttribute('data-status', 'applied');
  };
  await change('30 steps');
  await say(window, 'checkpoint this as approved look');
  await expect(turn(window, 'checkpoint this')).toContainText('Remembered');
  await change('cfg 5');
  await say(window, 'go back to approved look');
  await expect(turn(window, 'go back to')).toHaveAttribute('data-status', 'done');
  await change('denoise 0.8');
  await say(window, 'my checkpoints');
  const listed = turn(window, 'my checkpoints');
  await expect(listed).toContainText('approved look');
  await expect(listed).toContainText('CFG 8 → 5');
  await keepPicture(window, 'checkpoints');
  await listed.getByRole('button', { name: 'go to branch 2' }).click();
  await expect(turn(window, 'go to branch 2')).toHaveAttribute('data-status', 'done');
  await say(window, 'what changed?');
  const told = turn(window, 'what changed?');
  await expect(told).toContainText('CFG 8 → 5');
  await expect(told).not.toContainText('Denoise');
});
