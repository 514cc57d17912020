import { expect, test } from './fixtures.ts';
import { changeCard, openTemplate, runCard, say } from './steps.ts';

test('a change says what it adds to the graphics memory, the gauge shows the next render, and the render what it took', async ({
  window,
  keepPicture,
}) => {
  await openTemplate(window, /^SDXL text to image/);
  const gauge = window.getByRole('button', { name: 'Graphics card' });
  await expect(gauge.getByRole('meter')).toHaveAttribute(
    'aria-valuetext',
    /Next render: [\d.]+ GB to/,
  );
  await keepPicture(window, 'next-render');

  await say(window, 'make it 2048x2048');
  const card = changeCard(window);
  await expect(card).toContainText(/Graphics memory \+[\d.]+ GB for 2048 × 2048/);
  await keepPicture(window, 'change-adds-memory');

  await gauge.click();
  const dialog = window.getByRole('dialog', { name: 'Graphics card' });
  await expect(dialog).toContainText('This needs about');
  await expect(dialog).toContainText('Practice GPU: 24 GB');
  await expect(dialog).toContainText('draws without a graphics card');
  await keepPicture(window, 'graphics-card');
  await window.keyboard.press('Escape');

  await card.getByRole('button', { name: 'Accept & render' }).click();
  const run = runCard(window);
  await expect(run).toHaveAttribute('data-status', 'verified');
  await expect(run).toContainText(/Rendered in [\d.]+ s/);
  await keepPicture(window, 'run-took');
});
