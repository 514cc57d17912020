import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

/** Opens a template from the "Open a workflow" dialog by its title. */
export async function openTemplate(window: Page, title: string | RegExp): Promise<void> {
  await window.keyboard.press('ControlOrMeta+o');
  const dialog = window.getByRole('dialog', { name: 'Open a workflow' });
  await dialog.getByRole('button', { name: title }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Types a message and sends it. */
export async function say(window: Page, message: string): Promise<void> {
  await window.getByRole('textbox', { name: 'Message' }).fill(message);
  await window.keyboard.press('Enter');
}

/** What followed from one message. */
export function turn(window: Page, message: string): Locator {
  return window.getByRole('article', { name: `: ${message}` });
}

/** The newest proposed change. */
export function changeCard(window: Page): Locator {
  return window.getByRole('region', { name: /^Proposed change/ }).last();
}

/** The newest run in the conversation. */
export function runCard(window: Page): Locator {
  return window.getByRole('region', { name: /^Run: / }).last();
}

/** Drops a file onto the window. */
export async function drop(window: Page, name: string, text: string, type: string): Promise<void> {
  // Nobody can drop a file on a page that shows nothing yet.
  await window.getByRole('textbox', { name: 'Message' }).waitFor();
  const transfer = await window.evaluateHandle(
    ([fileName, content, mediaType]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName, { type: mediaType }));
      return data;
    },
    [name, text, type] as const,
  );
  await window.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** What closes the window as it stands to assistive technology: "rule: where", nothing when all is well. */
export async function findProblems(window: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: window }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}`),
  );
}
