import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { changeCard, drop, findProblems, openTemplate, runCard, say } from './steps.ts';

test('everything on the main path can be done with the keyboard alone', async ({
  window,
  keepPicture,
}) => {
  await window.keyboard.press('ControlOrMeta+o');
  const dialog = window.getByRole('dialog', { name: 'Open a workflow' });
  const template = dialog.getByRole('button', { name: /^SDXL text to image/ });
  await pressUntilFocused(window, 'Tab', template);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog')).toHaveCount(0);

  await expect(window.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await pressUntilFocused(window, 'Tab', window.getByRole('textbox', { name: 'Message' }));
  await window.keyboard.type('30 steps and cfg 6, then render');
  await window.keyboard.press('Enter');
  const card = changeCard(window);
  await expect(card.getByRole('listitem')).toHaveCount(2);
  await pressUntilFocused(window, 'Shift+Tab', card.getByRole('listitem').first());
  await window.keyboard.press('Space');
  await expect(card.getByRole('checkbox').first()).not.toBeChecked();
  await keepPicture(window, 'keyboard');
  await window.keyboard.press('a');
  await expect(card).toHaveAttribute('data-status', 'applied');
  await expect(runCard(window)).toHaveAttribute('data-status', 'verified');
  await expect(runCard(window)).toContainText('KSampler steps20');
});

test('nothing on the main path is closed to assistive technology', async ({ window }) => {
  await expect(window.getByRole('heading', { name: 'Start with a workflow' })).toBeVisible();
  expect.soft(await findProblems(window)).toEqual([]);
  await openTemplate(window, /^SDXL text to image/);
  await say(window, '30 steps and make it 16:9, then render');
  await expect(changeCard(window)).toHaveAttribute('data-status', 'proposed');
  expect.soft(await findProblems(window)).toEqual([]);
  await changeCard(window).getByRole('button', { name: 'Accept all' }).click();
  await expect(runCard(window)).toHaveAttribute('data-status', 'verified');
  expect.soft(await findProblems(window)).toEqual([]);
});

const badFiles = [
  ['broken.json', '{"nodes": [', 'application/json'],
  ['shopping.json', '{"milk": 2}', 'application/json'],
  ['holiday.png', 'not a picture at all', 'image/png'],
] as const;

for (const [name, text, type] of badFiles) {
  test(`dropping ${name} says what is wrong and keeps what is open`, async ({
    window,
    keepPicture,
  }) => {
    await openTemplate(window, /^SDXL text to image/);
    await drop(window, name, text, type);
    const notice = window.getByRole('region', { name: 'Notices' }).getByRole('alert');
    await expect(notice).toBeVisible();
    await keepPicture(window, 'bad-file');
    await expect(window.getByRole('button', { name: 'SDXL text to image' })).toBeVisible();
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await say(window, '30 steps');
    await expect(changeCard(window)).toHaveAttribute('data-status', 'proposed');
  });
}

async function pressUntilFocused(
  window: Page,
  key: string,
  target: ReturnType<Page['getByRole']>,
): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await window.keyboard.press(key);
  }
  throw new Error(`${key} never reached it`);
}
