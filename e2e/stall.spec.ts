import type { BrowserContext } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { findProblems, openTemplate, runCard, say } from './steps.ts';

test.describe('a render that stands still @browser-mode', () => {
  test.use({ stepMs: 3_000 });

  test('is told of without being stopped, and the artist says what to do', async ({
    context,
    driver,
    keepPicture,
  }) => {
    await standStill(context);
    const window = await driver.openWindow();
    await openTemplate(window, /^SDXL text to image/);
    await say(window, 'Render');
    const card = runCard(window);
    const strip = window.getByRole('region', { name: 'Runs' });
    const notice = strip.getByRole('group', { name: 'Stands still' });
    await expect(notice).toContainText('KSampler has given no sign for 7 minutes');
    await expect(card).toContainText('KSampler has given no sign for 7 minutes');
    await expect(card.getByRole('button', { name: 'Keep waiting' })).toHaveCount(0);
    await keepPicture(window, 'stalled-light');
    expect.soft(await findProblems(window)).toEqual([]);
    await window.emulateMedia({ colorScheme: 'dark' });
    await keepPicture(window, 'stalled-dark');
    expect.soft(await findProblems(window)).toEqual([]);

    await notice.getByRole('button', { name: 'Look at the log' }).click();
    const log = window.getByRole('dialog', { name: 'What ComfyUI wrote last' });
    await expect(log).toBeVisible();
    await keepPicture(window, 'stalled-log');
    await window.keyboard.press('Escape');

    await notice.getByRole('button', { name: 'Keep waiting' }).click();
    await expect(notice).toHaveCount(0);
    await expect(card).toHaveAttribute('data-status', 'running');
    await strip.getByRole('button', { name: 'Cancel this run' }).click();
    await expect(card).toHaveAttribute('data-status', 'cancelled');
  });
});

/** A page hears of a stall wherever its core told of progress, until the artist waits on: minutes of silence are too long for a test. */
async function standStill(context: BrowserContext): Promise<void> {
  let isStill = true;
  await context.routeWebSocket(/\/contract$/, (page) => {
    const core = page.connectToServer();
    page.onMessage((message) => {
      if (String(message).includes('"run/keep-waiting"')) isStill = false;
      core.send(message);
    });
    core.onMessage((message) => {
      if (isStill && typeof message === 'string' && message.includes('"run/progress"')) {
        page.send(toStall(message));
      } else page.send(message);
    });
  });
}

function toStall(text: string): string {
  const told = JSON.parse(text) as {
    readonly envelope?: { readonly action?: { readonly type: string; readonly promptId: string } };
  };
  if (told.envelope?.action?.type !== 'run/progress') return text;
  const stall = { quietMs: 420_000, nodeTitle: 'KSampler' };
  const { promptId } = told.envelope.action;
  const action = { type: 'run/stalled', promptId, stall };
  return JSON.stringify({ ...told, envelope: { ...told.envelope, action } });
}
