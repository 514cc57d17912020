import { expect, test } from './fixtures.ts';
import { changeCard, findProblems, openTemplate, say } from './steps.ts';

test('a wedge is shown as a table, accepted once, and becomes a sheet to compare and use', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, 'wedge steps 4, 6, 8 and 10');
  const plan = window.getByRole('region', { name: 'Plan: Steps 4, 6, 8 and 10' });
  await expect(plan.getByRole('row')).toHaveCount(5);
  await expect(plan).toContainText('4 renders, one after another');
  await plan.getByRole('checkbox', { name: 'Render Steps 10' }).uncheck();
  await keepPicture(window, 'plan-light');
  expect.soft(await findProblems(window)).toEqual([]);
  await window.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(window, 'plan-dark');
  expect.soft(await findProblems(window)).toEqual([]);
  await plan.getByRole('button', { name: 'Render 3 of 4' }).click();

  await expect(plan).toHaveAttribute('data-status', 'done');
  const sheet = plan.getByRole('list', { name: 'Renders of Steps 4, 6, 8 and 10' });
  await expect(sheet.getByRole('img')).toHaveCount(3);
  await expect(sheet).toContainText('Left out');
  await keepPicture(window, 'sheet-dark');
  expect.soft(await findProblems(window)).toEqual([]);
  await window.emulateMedia({ colorScheme: 'light' });
  await sheet.getByRole('button', { name: 'Compare Steps 8' }).click();
  await expect(plan).toContainText('Choose one more to compare the two');
  await keepPicture(window, 'sheet-light');
  await sheet.getByRole('button', { name: 'Compare Steps 4' }).click();
  const viewer = window.getByRole('region', { name: 'Picture' });
  await expect(viewer.getByRole('heading')).toHaveText('Steps 4 and Steps 8');
  await expect(viewer.getByRole('img', { name: 'Steps 4' })).toBeVisible();
  await expect(viewer.getByRole('img', { name: 'Steps 8' })).toBeVisible();
  await keepPicture(window, 'compared');
  expect.soft(await findProblems(window)).toEqual([]);

  await sheet
    .getByRole('article', { name: 'Steps 8' })
    .getByRole('button', { name: 'Use this one' })
    .click();
  await expect(changeCard(window)).toContainText('Steps 20 → 8');
  await expect(changeCard(window)).toHaveAttribute('data-status', 'proposed');
  await keepPicture(window, 'used');

  await window.reload();
  await expect(plan).toHaveAttribute('data-status', 'done');
  await expect(sheet.getByRole('img')).toHaveCount(3);
});

test('a render that fails is told of under the sheet, with what to do', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, 'wedge batch size 4096 and 1');
  const plan = window.getByRole('region', { name: /^Plan: / });
  await plan.getByRole('button', { name: 'Render all 2' }).click();
  await expect(plan).toHaveAttribute('data-status', 'done');
  await expect(plan).toContainText('One did not finish');
  await expect(plan).toContainText('1 of 2 rendered');
  await expect(plan.getByRole('group', { name: /out of memory/ })).toBeVisible();
  await expect(plan.getByRole('img')).toHaveCount(1);
  await keepPicture(window, 'failed');
});

test('a render that the next one would fail like stops the plan and asks', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  await say(window, 'set batch size to 4096');
  await changeCard(window).getByRole('button', { name: 'Accept', exact: true }).click();
  await say(window, 'run 3 variations');
  const plan = window.getByRole('region', { name: 'Plan: 3 variations' });
  await plan.getByRole('button', { name: 'Render all 3' }).click();
  await expect(plan).toHaveAttribute('data-status', 'paused');
  await expect(plan).toContainText('memory');
  await keepPicture(window, 'paused');
  await plan.getByRole('button', { name: 'Stop all of it' }).click();
  await expect(plan).toHaveAttribute('data-status', 'cancelled');
  await expect(plan).toContainText('Not rendered');
  await expect(plan.getByRole('button', { name: 'Go on with the rest' })).toHaveCount(0);
  await expect(plan.getByRole('group', { name: /out of memory/ }).first()).toBeVisible();
  await keepPicture(window, 'stopped-after-pause');
});

test.describe('while it renders', () => {
  // The first render must outlast a reload and two screenshots, however slow the machine.
  test.use({ stepMs: 2_000 });

  test('one render can be left out, all of it be stopped, and a reload changes nothing', async ({
    window,
    keepPicture,
  }) => {
    await openTemplate(window, /^SDXL text to image/);
    await say(window, 'run 3 variations');
    const plan = window.getByRole('region', { name: 'Plan: 3 variations' });
    await plan.getByRole('button', { name: 'Render all 3' }).click();
    const frames = plan.getByRole('article');
    await plan
      .getByRole('button', { name: /^Leave out / })
      .last()
      .click();
    await expect(frames.nth(2)).toContainText('Left out');
    await expect(frames.first()).toHaveAttribute('data-status', 'running');
    await expect(frames.first().getByRole('img', { name: 'Live preview' })).toBeVisible();
    await keepPicture(window, 'rendering-light');
    await window.emulateMedia({ colorScheme: 'dark' });
    await keepPicture(window, 'rendering-dark');

    await window.reload();
    await expect(plan).toHaveAttribute('data-status', 'running');
    await expect(frames.nth(2)).toContainText('Left out');
    await plan.getByRole('button', { name: 'Stop all of it' }).click();
    await expect(plan).toHaveAttribute('data-status', 'cancelled');
    await expect(frames.nth(1)).toContainText('Not rendered');
    await expect(frames.first()).toContainText('Cancelled');
    await expect(plan).toContainText('Stopped, 0 of 2 rendered');
    await expect(window.getByRole('region', { name: 'Runs' })).toContainText(
      'Nothing is rendering',
    );
    await keepPicture(window, 'stopped');
  });
});
