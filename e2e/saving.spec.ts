import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { changeCard, findProblems, openTemplate, say } from './steps.ts';

test('a workflow is saved under a name, and what is there already is replaced only when that is said', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await window.keyboard.press('ControlOrMeta+s');
  const dialog = window.getByRole('dialog', { name: 'Save the workflow' });
  const file = dialog.getByRole('textbox', { name: 'File' });
  await expect(file).toBeFocused();
  await file.fill('shot.json');
  await window.keyboard.press('Enter');
  const notice = window.getByRole('region', { name: 'Notices' });
  await expect(notice).toContainText(/Saved as .*workflows.shot\.json/);
  const path = /Saved as (.*)/.exec((await notice.getByRole('status').textContent()) ?? '')?.[1];
  expect(JSON.parse(await readFile(path ?? '', 'utf8'))).toHaveProperty('nodes');

  await openTemplate(window, /^SDXL with a LoRA/);
  await window.keyboard.press('ControlOrMeta+s');
  await file.fill('shot.json');
  await window.keyboard.press('Enter');
  await expect(dialog.getByRole('group', { name: 'This file could not be saved' })).toContainText(
    'allow the file to be replaced',
  );
  await keepPicture(window, 'there-already');
  expect.soft(await findProblems(window)).toEqual([]);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(window.getByRole('button', { name: 'Saved' })).toBeVisible();
  await say(window, '30 steps');
  await expect(changeCard(window)).toHaveAttribute('data-status', 'proposed');
});
