import { expect, test } from './fixtures.ts';
import { openTemplate, runCard, say, turn } from './steps.ts';

test.describe('several renders', () => {
  test.use({ stepMs: 400 });

  test('one that waits is taken out by itself, and stopping one says how long it took', async ({
    window,
    keepPicture,
  }) => {
    await openTemplate(window, /^SDXL text to image/);
    await say(window, 'render');
    await expect(runCard(window)).toHaveAttribute('data-status', 'running');
    await window.keyboard.press('ControlOrMeta+Enter');
    const waiting = window.getByRole('region', { name: /^Run: / }).nth(1);
    await expect(waiting).toHaveAttribute('data-status', 'queued');
    await keepPicture(window, 'queue');
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await expect(waiting).toHaveAttribute('data-status', 'cancelled');
    const first = window.getByRole('region', { name: /^Run: / }).first();
    await expect(first).toHaveAttribute('data-status', 'running');
    await window.getByRole('button', { name: 'Cancel this run' }).click();
    await expect(first).toContainText('Stopped after');
    await expect(first).not.toContainText('Rendered in');
  });
});

test('what is said is brought into view, wherever the conversation was scrolled to', async ({
  window,
}) => {
  await window.setViewportSize({ width: 1_480, height: 500 });
  await openTemplate(window, /^SDXL text to image/);
  for (const message of ['explain this workflow', 'help', 'what can I change']) {
    await say(window, message);
    await expect(turn(window, message)).toHaveAttribute('data-status', 'done');
  }
  await turn(window, 'help').hover();
  await window.mouse.wheel(0, -4_000);
  await expect(window.getByRole('button', { name: 'Latest' })).toBeVisible();
  await say(window, '30 steps');
  await expect(turn(window, '30 steps')).toBeInViewport();
  await expect(window.getByRole('button', { name: 'Accept', exact: true })).toBeInViewport();
});
