import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { openTemplate, runCard, say } from './steps.ts';

test('the receipt of a render is shown in words, and saved as a file', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, 'SDXL text to image');
  await say(window, 'Render');
  const card = runCard(window);
  await expect(card.getByRole('group', { name: 'Verdict' })).toBeVisible();
  await card.getByRole('button', { name: 'Receipt' }).click();
  const receipt = window.getByRole('dialog', { name: /^Receipt: / });
  await expect(receipt.getByRole('region', { name: 'Seeds' })).toContainText('seed');
  await expect(receipt.getByRole('region', { name: 'Models' })).toContainText('.safetensors');
  await expect(receipt.getByRole('region', { name: 'Result' })).toContainText('SHA-256');
  await keepPicture(window, 'receipt-light');
  await window.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(window, 'receipt-dark');
  const saving = window.waitForEvent('download');
  await receipt.getByRole('button', { name: 'Save…' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/\.receipt\.json$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toContain('"kind": "second-unit-receipt"');
});
