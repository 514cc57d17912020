import { expect, test } from './fixtures.ts';
import { openTemplate } from './steps.ts';

test('sessions are told apart by their workflow, renamed and left alone with the keyboard', async ({
  window,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await window.keyboard.press('ControlOrMeta+b');
  const list = window.getByRole('navigation', { name: 'Sessions' });
  const row = list.getByRole('button', { name: /^SDXL text to image/ });
  await expect(row).toBeVisible();
  await list.getByRole('button', { name: 'New session' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);

  await list.getByRole('button', { name: 'Rename SDXL text to image' }).click();
  await window.keyboard.type('Never said');
  await window.keyboard.press('Escape');
  await expect(row).toBeFocused();
  await list.getByRole('button', { name: 'Rename SDXL text to image' }).click();
  await window.keyboard.type('Shot 0450');
  await window.keyboard.press('Enter');
  const renamed = list.getByRole('button', { name: /^Shot 0450/ });
  await expect(renamed).toBeFocused();
  await expect(renamed).toContainText('SDXL text to image');

  await list.getByRole('button', { name: 'Delete Shot 0450' }).click();
  const question = list.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Keep' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(renamed).toBeFocused();
  await renamed.click();
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Shot 0450');
});
