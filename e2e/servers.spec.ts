import { createPracticeServer } from '../core/practice/create-practice-server.ts';
import { createGuardedProxy } from '../tests/fakes/comfy/guarded-proxy.ts';
import { expect, test } from './fixtures.ts';

const PASSWORD = 'kestrel-7731';

test('a server behind a password and a certificate of its own is added, looked at, trusted and used', async ({
  window,
  keepPicture,
}) => {
  const practice = await createPracticeServer();
  const authorization = `Basic ${Buffer.from(`anna:${PASSWORD}`).toString('base64')}`;
  const box = await createGuardedProxy({
    target: practice.url,
    certificate: 'first',
    basePath: '/comfy',
    requires: { authorization },
  });

  await window.getByRole('button', { name: /^Connection: Practice/ }).click();
  const servers = window.getByRole('dialog', { name: 'ComfyUI servers' });
  await servers.getByRole('button', { name: 'Add a server' }).click();
  const form = window.getByRole('dialog', { name: 'Add a server' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Render box');
  await form.getByRole('textbox', { name: /^Address/ }).fill(box.url);
  await form.getByRole('button', { name: 'Name and password' }).click();
  await form.getByRole('textbox', { name: 'User name' }).fill('anna');
  await form.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await form.getByRole('button', { name: 'Add a header' }).click();
  await form.getByRole('textbox', { name: 'Name of header 1' }).fill('X-Studio');
  await form.getByRole('textbox', { name: 'Value of header 1' }).fill('fx');
  await keepPicture(window, 'server-form');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(servers.getByRole('listitem').filter({ hasText: 'Render box' })).toContainText(
    'does not know the certificate',
  );
  await keepPicture(window, 'servers-untrusted');
  await servers.getByRole('button', { name: 'Connect to Render box' }).click();
  await servers.getByRole('button', { name: 'Look at the certificate' }).click();
  const certificate = window.getByRole('dialog', { name: 'Trust this certificate?' });
  await expect(certificate).toContainText('render-box');
  await keepPicture(window, 'certificate');
  await certificate.getByRole('button', { name: /trust it and connect/ }).click();
  await expect(window.getByRole('button', { name: /^Connection: ComfyUI at/ })).toBeVisible();

  await window.getByRole('button', { name: /^Connection: ComfyUI at/ }).click();
  const row = servers.getByRole('listitem').filter({ hasText: 'Render box' });
  await expect(row).toContainText('nothing in the queue');
  await expect(row.getByRole('button', { name: 'In use: Render box' })).toBeDisabled();
  await keepPicture(window, 'servers-in-use');
  await row.getByRole('button', { name: 'Edit Render box' }).click();
  const edit = window.getByRole('dialog', { name: 'Edit Render box' });
  await edit.getByRole('button', { name: 'Test the connection' }).click();
  await expect(edit.getByRole('status')).toContainText('It works');
  await expect(edit.getByRole('textbox', { name: 'Password' })).toHaveValue('');
  await edit.getByRole('status').scrollIntoViewIfNeeded();
  await keepPicture(window, 'server-tested');
  await window.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(window, 'server-tested-dark');
  await window.keyboard.press('Escape');
  await keepPicture(window, 'servers-in-use-dark');
  await box.close();
  await practice.close();
});

test('a server that does not answer leaves what was typed, and no button that leads away from it', async ({
  window,
}) => {
  await window.getByRole('button', { name: /^Connection: Practice/ }).click();
  await window.getByRole('button', { name: 'Add a server' }).click();
  const form = window.getByRole('dialog', { name: 'Add a server' });
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await window.keyboard.type('Render box');
  await form.getByRole('textbox', { name: /^Address/ }).fill('http://127.0.0.1:9');
  await form.getByRole('button', { name: 'Test the connection' }).click();
  const notice = form.getByRole('group', { name: 'ComfyUI does not answer' });
  await expect(notice).toBeVisible();
  await expect(notice.getByRole('button')).toHaveCount(0);
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Render box');
});
