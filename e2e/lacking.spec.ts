import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { changeCard, drop, findProblems } from './steps.ts';

const MODEL = 'sd_xl_base_1.0.safetensors';
const template = (): Promise<string> =>
  readFile(join(import.meta.dirname, '../resources/templates/sdxl-text-to-image.json'), 'utf8');

test('a workflow whose node is missing says so when it is opened, in the graph and in what to do', async ({
  window,
  keepPicture,
}) => {
  const text = (await template()).replace('"VAEDecode"', '"StudioGrade"');
  await drop(window, 'graded.json', text, 'application/json');
  const notice = window.getByRole('region', { name: 'Notices' });
  await expect(notice).toContainText('no “StudioGrade” node');
  const node = window.getByRole('article', { name: 'StudioGrade' });
  await expect(node).toContainText('Missing');
  await expect(window.getByText('Missing', { exact: true })).toHaveCount(1);
  await keepPicture(window, 'missing-node');
  expect.soft(await findProblems(window)).toEqual([]);

  await notice.getByRole('button', { name: 'Show what to look at' }).click();
  const dialog = window.getByRole('dialog', { name: 'Checked the workflow' });
  await dialog.getByRole('button', { name: 'Make it run' }).click();
  await expect(notice).not.toContainText('StudioGrade');
  const conversation = window.getByRole('region', { name: 'Conversation' });
  await expect(conversation).toContainText('no change of the workflow that would settle this');
  await expect(conversation).toContainText('“StudioGrade” is missing');
});

test('a swapped model file can be read in the graph, both names', async ({
  window,
  keepPicture,
}) => {
  const old = 'juggernautXL_v9_final_pruned_fp16_studio_grade_shot_0450.safetensors';
  await drop(window, 'shot.json', (await template()).replaceAll(MODEL, old), 'application/json');
  const notice = window.getByRole('region', { name: 'Notices' });
  await notice.getByRole('button', { name: 'Show what to look at' }).click();
  await window.getByRole('button', { name: 'Make it run' }).click();
  await expect(changeCard(window)).toHaveAttribute('data-status', 'proposed');
  const row = window.getByTitle(`Checkpoint: ${MODEL}`);
  await expect(row.getByRole('deletion')).toHaveText(old);
  const fresh = row.getByRole('insertion');
  await expect(fresh).toHaveText(MODEL);
  expect(await fresh.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);
  await keepPicture(window, 'swapped-model');
});
