import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Client } from '@modelcontextprotocol/client';
import { type FrameLocator, type Page, expect, test } from '@playwright/test';
import { buildChangeApp } from '../build/build-change-app.ts';
import { type McpHost, setSteps, startMcpHost } from '../tests/fakes/programs/mcp-host.ts';

const URI = 'ui://second-unit/change';
const MIME = 'text/html;profile=mcp-app';
const shows = {
  capabilities: { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [MIME] } } },
};

interface Sent {
  readonly id?: number;
  readonly method?: string;
}
interface TestHost {
  readonly heard: readonly Sent[];
  send(message: object): void;
  open(html: string, context: object): void;
}
declare global {
  interface Window {
    host: TestHost;
  }
}

let mcp: McpHost;
let client: Client;
test.beforeAll(async () => {
  await buildChangeApp();
  mcp = await startMcpHost();
  await mcp.open();
});
test.afterAll(() => mcp.close());
test.beforeEach(async ({ page, context }) => {
  // Whatever the page would load or send is a failure.
  await context.route(/^(?!file:|about:|data:)/, (route) => route.abort());
  client = await mcp.client('auto', shows, 'Claude Desktop');
  await page.exposeFunction('readResource', (uri: string) => client.readResource({ uri }));
  await page.goto(`file://${join(import.meta.dirname, 'mcp-app', 'host-page.html')}`);
});

/** Opens the page as a host does: the tool names it, the server gives it, the sandbox has no origin of its own. */
async function openApp(page: Page, theme: 'dark' | 'light'): Promise<FrameLocator> {
  const { tools } = await client.listTools();
  const tool = tools.find(({ name }) => name === 'set_input');
  expect(tool?._meta).toEqual({ ui: { resourceUri: URI } });
  const [content] = (await client.readResource({ uri: URI })).contents;
  if (content === undefined || !('text' in content)) throw new Error('there is no page');
  expect(content.mimeType).toBe(MIME);
  expect(content.text.length).toBeLessThan(900 * 1_024);
  await page.evaluate(([html, context]) => window.host.open(html, context), [
    content.text,
    { theme },
  ] as const);
  await expect
    .poll(() => methodsHeard(page))
    .toEqual(expect.arrayContaining(['ui/initialize', 'ui/notifications/initialized']));
  return page.frameLocator('iframe');
}

function methodsHeard(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(() => window.host.heard.map(({ method }) => method));
}

function tell(page: Page, method: string, params: object): Promise<void> {
  return page.evaluate(([name, given]) => window.host.send({ method: name, params: given }), [
    `ui/notifications/${method}`,
    params,
  ] as const);
}

for (const theme of ['dark', 'light'] as const) {
  test(`shows what is proposed while it waits, and what the artist decided (${theme})`, async ({
    page,
  }, info) => {
    const call = setSteps(mcp.artist.state, theme === 'dark' ? 31 : 32);
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const app = await openApp(page, theme);
    const called = client.callTool(call);
    await tell(page, 'tool-input', { arguments: call.arguments });
    await expect(app.getByRole('status')).toHaveText('Waits for the artist');
    const words = app.getByRole('list', { name: 'What changes' });
    await expect(words).toContainText(/Steps \d+ → 3[12] on KSampler/);
    const sampler = app.getByRole('article', { name: 'KSampler, changed' });
    await expect(sampler).toBeVisible();
    await expect(sampler).toContainText(theme === 'dark' ? '31' : '32');
    await page.screenshot({ path: info.outputPath(`waiting-${theme}.png`) });

    await mcp.answer('accept');
    await tell(page, 'tool-result', await called);
    await expect(app.getByRole('status')).toHaveText('Accepted');
    await expect(sampler).toBeVisible();
    await words.getByRole('button').first().click();
    await page.screenshot({ path: info.outputPath(`accepted-${theme}.png`) });
    const found = await new AxeBuilder({ page }).include('iframe').analyze();
    expect(found.violations.map(({ id }) => id)).toEqual([]);
    expect(errors).toEqual([]);
  });
}

test('says that it was turned down, and why', async ({ page }) => {
  const call = setSteps(mcp.artist.state, 77);
  const app = await openApp(page, 'dark');
  const called = client.callTool(call);
  await tell(page, 'tool-input', { arguments: call.arguments });
  await mcp.answer('reject', 'Too slow for dailies');
  await tell(page, 'tool-result', await called);
  await expect(app.getByRole('status')).toHaveText('Turned down');
  await expect(app.getByRole('main')).toContainText('Too slow for dailies');
});

test('has no way to accept: it asks the host for nothing but to look', async ({ page }) => {
  const call = setSteps(mcp.artist.state, 78);
  const app = await openApp(page, 'dark');
  const stop = new AbortController();
  const called = client.callTool(call, { signal: stop.signal }).catch(() => undefined);
  await tell(page, 'tool-input', { arguments: call.arguments });
  await expect(app.getByRole('list', { name: 'What changes' })).toContainText('78');
  for (const button of await app.getByRole('button').all()) await button.click();
  await expect(app.getByRole('button', { name: /accept|yes|apply|approve/i })).toHaveCount(0);
  const allowed = [
    undefined,
    'ui/initialize',
    'ui/notifications/initialized',
    'ui/notifications/size-changed',
    'resources/read',
  ];
  for (const method of await methodsHeard(page)) expect(allowed).toContain(method);
  expect(mcp.artist.state.changeSets.at(-1)?.status).toBe('proposed');
  stop.abort();
  await called;
});

test('believes nobody but the window around it, and nothing that is no change', async ({
  page,
}) => {
  const app = await openApp(page, 'dark');
  const hostile = '<img src=x onerror=alert(1)>';
  await tell(page, 'tool-result', {
    content: [{ type: 'text', text: hostile }],
    _meta: { 'second-unit/change': '{"intent":1}' },
  });
  await expect(app.getByRole('main')).toContainText(hostile);
  await expect(app.locator('img')).toHaveCount(0);
  await tell(page, 'host-context-changed', {
    theme: 'light',
    styles: { variables: { '--color-text-primary': 'red;} body{display:none' } },
  });
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(app.getByRole('main')).toBeVisible();
});
