import { createPracticeServer } from '../core/practice/create-practice-server.ts';
import { expect, test } from './fixtures.ts';
import { findProblems, openTemplate, runCard, say } from './steps.ts';

test('a render whose server no longer answers is not shown as if it went on', async ({
  window,
  keepPicture,
}) => {
  const practice = await createPracticeServer({ stepMs: 2_000 });
  await window.getByRole('button', { name: /^Connection: Practice/ }).click();
  await window.getByRole('textbox', { name: 'Address' }).fill(practice.url);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('button', { name: /^Connection: ComfyUI at/ })).toBeVisible();
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await openTemplate(window, /^SDXL text to image/);
  await say(window, 'render');
  await expect(runCard(window)).toHaveAttribute('data-status', 'running');
  await expect(runCard(window)).not.toContainText('No contact');
  await practice.close();
  await expect(runCard(window)).toContainText('No contact');
  await expect(runCard(window)).toContainText('as soon as it answers again');
  await expect(runCard(window)).not.toContainText('left');
  await expect(window.getByRole('region', { name: 'Runs' })).toContainText('No contact');
  await keepPicture(window, 'no-contact');
  expect.soft(await findProblems(window)).toEqual([]);
});
