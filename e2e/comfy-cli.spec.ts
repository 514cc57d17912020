import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { findProblems } from './steps.ts';

/** Answers like comfy-cli whose ComfyUI runs already and has written 60 lines. */
const program = (folder: string): string => `#!${process.execPath}
const answer = (data) => console.log(JSON.stringify({ schema: 'envelope/1', ok: true, data }));
const refuse = (code, message) =>
  console.log(JSON.stringify({ schema: 'envelope/1', ok: false, data: null, error: { code, message } }));
const lines = Array.from({ length: 60 }, (_, at) => \`line \${at} of what ComfyUI wrote\`);
if (process.argv.includes('which')) answer({ workspace_path: ${JSON.stringify(folder)} });
else if (process.argv.includes('logs')) answer({ lines, path: 'comfyui.log' });
else if (process.argv.includes('launch')) refuse('server_already_running', 'running on 8188');
else refuse('no_background_server', 'none');
`;

// The stand-in is a script whose first line Windows does not know.
if (process.platform !== 'win32') {
  test('the ComfyUI of this computer is started, stopped and read from the list of servers @browser-mode', async ({
    home,
    window,
    keepPicture,
  }) => {
    const folder = join(home, 'ComfyUI');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'main.py'), '');
    await mkdir(join(home, '.local', 'bin'), { recursive: true });
    await writeFile(join(home, '.local', 'bin', 'comfy'), program(folder), { mode: 0o755 });
    await window.getByRole('button', { name: /^Connection: Practice/ }).click();
    const panel = window.getByRole('region', { name: 'ComfyUI on this computer' });
    await expect(panel).toContainText(folder);

    await panel.getByRole('button', { name: 'Show its log' }).click();
    const log = panel.getByRole('region', { name: 'Log of ComfyUI' });
    await expect(log).toContainText('line 59 of what ComfyUI wrote');
    const hidden = (): Promise<number> =>
      log.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
    await expect.poll(hidden).toBeLessThan(2);
    expect(await log.evaluate((box) => box.scrollTop)).toBeGreaterThan(0);
    await keepPicture(window, 'log');
    expect.soft(await findProblems(window)).toEqual([]);
    await panel.getByRole('button', { name: 'Hide it' }).click();
    await expect(log).toHaveCount(0);

    await panel.getByRole('button', { name: 'Start ComfyUI' }).click();
    const notice = panel.getByRole('group', { name: 'ComfyUI did not start' });
    await expect(notice).toContainText('is running already');
    await expect(notice).toContainText('Choose it in the list of servers');
    // Both would lead to where one is already.
    await expect(notice.getByRole('button')).toHaveCount(0);

    const stop = panel.getByRole('button', { name: 'Stop ComfyUI' });
    await stop.click();
    await expect(panel.getByRole('button', { name: 'Keep it running' })).toBeFocused();
    await panel.getByRole('button', { name: 'Stop it' }).click();
    await expect(panel.getByRole('group', { name: 'ComfyUI was not stopped' })).toBeVisible();
    await expect(stop).toBeFocused();
    await keepPicture(window, 'not-stopped');
  });
}
