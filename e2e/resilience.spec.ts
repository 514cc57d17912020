import { expect, test } from './fixtures.ts';
import { changeCard, openTemplate, runCard, say, turn } from './steps.ts';

test.describe('while a render is on its way', () => {
  test.use({ stepMs: 150 });

  test('a reload loses nothing', async ({ window, keepPicture }) => {
    await openTemplate(window, /^SDXL text to image/);
    await say(window, 'render');
    const run = runCard(window);
    await expect(run).toHaveAttribute('data-status', 'running');
    await window.reload();
    await expect(run).toHaveAttribute('data-status', 'running');
    await expect(turn(window, 'render')).toHaveCount(1);
    await keepPicture(window, 'reloaded-mid-run');
    await expect(run).toHaveAttribute('data-status', 'verified');
    await expect(run.getByRole('img', { name: /^Render, / })).toBeVisible();
  });

  test('a render can be cancelled', async ({ window }) => {
    await openTemplate(window, /^SDXL text to image/);
    await say(window, 'render');
    await expect(runCard(window)).toHaveAttribute('data-status', 'running');
    await window.getByRole('button', { name: 'Cancel this run' }).click();
    await expect(runCard(window)).toHaveAttribute('data-status', 'cancelled');
  });
});

test('a core that dies and comes back costs a moment and no work', async ({
  driver,
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps');
  await changeCard(window).getByRole('button', { name: 'Accept' }).first().click();
  await expect(changeCard(window)).toHaveAttribute('data-status', 'applied');

  await driver.killCore();
  await expect(window.getByText('Reconnecting. Nothing is lost')).toBeVisible();
  await expect(turn(window, '30 steps')).toBeVisible();
  await keepPicture(window, 'core-gone');

  await driver.restoreCore();
  await expect(window.getByText('Reconnecting. Nothing is lost')).toBeHidden();
  await expect(changeCard(window)).toHaveAttribute('data-status', 'applied');
  await say(window, 'cfg 6');
  await expect(changeCard(window)).toContainText('→ 6 on KSampler');
});

test(
  'two windows on one session stay equal',
  { tag: '@browser-mode' },
  async ({ driver, window, keepPicture }) => {
    await openTemplate(window, /^SDXL text to image/);
    const other = await driver.openWindow();
    await say(window, '30 steps');
    await expect(changeCard(other)).toHaveAttribute('data-status', 'proposed');
    await changeCard(other).getByRole('button', { name: 'Accept' }).first().click();
    await expect(changeCard(window)).toHaveAttribute('data-status', 'applied');
    await say(other, 'render');
    await expect(runCard(window)).toHaveAttribute('data-status', 'verified');
    await expect(runCard(other)).toHaveAttribute('data-status', 'verified');
    await keepPicture(window, 'one-window');
    await keepPicture(other, 'other-window');
    const told = (page: typeof window): Promise<string> =>
      page.getByRole('region', { name: 'Conversation' }).ariaSnapshot();
    await expect.poll(async () => (await told(window)) === (await told(other))).toBe(true);
  },
);

test(
  'a page without the pairing token is refused in words',
  { tag: '@browser-mode' },
  async ({ browser, window, keepPicture }) => {
    await expect(window.getByRole('heading', { name: 'Start with a workflow' })).toBeVisible();
    const address = new URL(window.url());
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(`${address.origin}/#token=wrong`);
    await expect(stranger.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
    await expect(stranger.getByText('This page is not paired with Second Unit')).toBeVisible();
    await keepPicture(stranger, 'refused');
    await stranger.context().close();
  },
);
