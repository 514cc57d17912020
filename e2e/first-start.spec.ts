import { expect, test } from './fixtures.ts';
import { findProblems } from './steps.ts';

test('somebody without a ComfyUI is told what renders, and where theirs is connected', async ({
  window,
  keepPicture,
}) => {
  const conversation = window.getByRole('region', { name: 'Conversation' });
  await expect(conversation).toContainText('built-in practice ComfyUI');
  await keepPicture(window, 'first-start');
  expect.soft(await findProblems(window)).toEqual([]);
  await conversation.getByRole('button', { name: 'Connect your ComfyUI' }).click();
  await expect(window.getByRole('dialog', { name: 'ComfyUI servers' })).toBeVisible();
});
