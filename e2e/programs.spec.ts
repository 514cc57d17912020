import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnBridge } from '../tests/mcp/spawn-bridge.ts';
import { expect, test } from './fixtures.ts';
import { findProblems, openTemplate, turn } from './steps.ts';

const before = '{\n  "mcpServers": { "git": { "command": "git-mcp" } }\n}\n';

test('another program is connected and disconnected, and its settings come back byte for byte', async ({
  window,
  home,
  keepPicture,
}) => {
  const config = join(home, '.cursor', 'mcp.json');
  await mkdir(join(home, '.cursor'), { recursive: true });
  await writeFile(config, before);
  await window.keyboard.press('ControlOrMeta+,');
  const programs = window.getByRole('region', { name: 'Other programs' });
  await window.getByRole('button', { name: 'Dark' }).click();
  await expect(programs).toContainText(config);
  await expect(programs).toContainText('http://127.0.0.1:');
  await programs.getByRole('button', { name: 'Connect Cursor' }).click();
  await expect(programs.getByRole('status')).toContainText('Cursor is connected');
  await expect(programs.getByRole('status')).toContainText('.before-second-unit');
  expect(JSON.parse(await readFile(config, 'utf8'))).toMatchObject({
    mcpServers: { git: { command: 'git-mcp' }, 'second-unit': { args: expect.any(Array) } },
  });
  await programs.scrollIntoViewIfNeeded();
  await keepPicture(window, 'programs-dark');

  await programs.getByRole('button', { name: 'Disconnect Cursor' }).click();
  await expect(programs.getByRole('status')).toContainText('exactly what they were');
  expect(await readFile(config, 'utf8')).toBe(before);
});

test('who says yes is the artist’s choice, and is explained', async ({ window, keepPicture }) => {
  await window.keyboard.press('ControlOrMeta+,');
  const programs = window.getByRole('region', { name: 'Other programs' });
  await expect(programs).toContainText('waits until you accept it in this window');
  await programs.getByRole('button', { name: 'At once' }).click();
  await expect(programs).toContainText('undo takes them back');
  await window.getByRole('button', { name: 'Light' }).click();
  await programs.scrollIntoViewIfNeeded();
  await keepPicture(window, 'programs-light');
  await programs.getByRole('button', { name: 'New key' }).click();
  await expect(programs.getByRole('status')).toContainText('There is a new key');
});

test('what is the artist’s own waits for a yes in the window, and a no ends it', async ({
  window,
  dataFolder,
  keepPicture,
}) => {
  await openTemplate(window, /SDXL text to image/);
  const program = spawnBridge(dataFolder);
  await program.initialize('Cursor');
  const open = (template: string) =>
    program.request('tools/call', { name: 'get_workflow_template', arguments: { template } });
  const workflow = window.getByRole('banner');

  const refused = open('flux-dev-text-to-image');
  const asked = window.getByRole('region', { name: 'Cursor asks for your yes' });
  await expect(asked).toContainText('Open the template flux-dev-text-to-image');
  await keepPicture(window, 'asks-for-a-yes');
  expect(await findProblems(window)).toEqual([]);
  await asked.getByRole('button', { name: 'Don’t allow' }).click();
  expect((await refused).result).toMatchObject({ isError: true });
  await expect(asked).toBeHidden();
  await expect(workflow).toContainText('SDXL text to image');
  await keepPicture(window, 'was-not-allowed');

  const allowed = open('flux-dev-text-to-image');
  await asked.getByRole('button', { name: 'Allow', exact: true }).click();
  expect((await allowed).result).toMatchObject({ structuredContent: { format: 'graph' } });
  await expect(workflow).toContainText('Flux');
  await expect(turn(window, 'Open a template').last()).toHaveAttribute('data-status', 'done');
  await keepPicture(window, 'was-allowed');
  await program.close();
});
