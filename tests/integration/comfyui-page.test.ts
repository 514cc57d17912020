import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPracticeServer,
  type PracticeServer,
} from '../../core/practice/create-practice-server.ts';

const pageDir = process.env['COMFYUI_PAGE_DIR'];
const templates = new URL('../../resources/templates/', import.meta.url);
const screenshots = new URL('../../test-results/comfyui-page/', import.meta.url);

/** The parts of the page's global `app` that this test touches. */
interface PageGlobals {
  readonly app?: {
    readonly graph?: {
      readonly _nodes: { readonly type: string; readonly imgs?: readonly unknown[] }[];
    };
    loadGraphData(graph: unknown): Promise<void>;
    queuePrompt(number: number, count: number): Promise<boolean>;
    readonly nodePreviewImages?: Record<string, readonly string[]>;
  };
  readonly LiteGraph?: { readonly registered_node_types: Record<string, unknown> };
}

describe.skipIf(pageDir === undefined || !existsSync(pageDir))(
  "ComfyUI's own page on the practice server (needs COMFYUI_PAGE_DIR)",
  () => {
    let server: PracticeServer;
    let browser: Browser;
    let page: Page;
    const failed: string[] = [];

    beforeAll(async () => {
      await mkdir(screenshots, { recursive: true });
      server = await createPracticeServer({
        stepMs: 30,
        pageDir: pageDir!,
        templatesDir: fileURLToPath(templates),
      });
      browser = await playwright.launch({
        executablePath: await chromium.executablePath(),
        args: chromium.args,
      });
      page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
      page.on('response', (response) => {
        if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
      });
      await page.goto(server.url, { waitUntil: 'domcontentloaded' });
      await page.waitForFunction(
        () => {
          const { app, LiteGraph } = globalThis as unknown as PageGlobals;
          return (
            app?.graph !== undefined &&
            Object.keys(LiteGraph?.registered_node_types ?? {}).length > 400
          );
        },
        undefined,
        { timeout: 120_000 },
      );
    }, 180_000);

    afterAll(async () => {
      await browser.close();
      await server.close();
    });

    it('knows the 496 classes and asks nothing that a fresh server would not refuse too', async () => {
      const count = await page.evaluate(
        () =>
          Object.keys((globalThis as unknown as PageGlobals).LiteGraph?.registered_node_types ?? {})
            .length,
      );
      expect(count).toBeGreaterThanOrEqual(496);
      // A fresh ComfyUI has none of these files either.
      const unexpected = failed.filter(
        (line) => !/user\.css|\/userdata\?dir=|comfy\.templates\.json|api\.comfy\.org/.test(line),
      );
      expect(unexpected).toEqual([]);
    });

    it('offers the templates and opens the one that is chosen', async () => {
      const card = page.getByText('Adjust a picture').first();
      await card.waitFor({ timeout: 30_000 });
      await page.screenshot({ path: join(fileURLToPath(screenshots), 'templates.png') });
      await card.click();
      await page.waitForFunction(
        () => (globalThis as unknown as PageGlobals).app?.graph?._nodes.length === 5,
      );
      await page.screenshot({ path: join(fileURLToPath(screenshots), 'template-open.png') });
    }, 60_000);

    it('queues a loaded workflow, shows its progress and then its picture', async () => {
      const workflow: unknown = JSON.parse(
        await readFile(new URL('sdxl-text-to-image.json', templates), 'utf8'),
      );
      await page.evaluate(
        (graph) => (globalThis as unknown as PageGlobals).app?.loadGraphData(graph),
        workflow,
      );
      await page
        .getByTestId('queue-button')
        .or(page.getByRole('button', { name: 'Run' }))
        .first()
        .click();
      await page.waitForFunction(
        () =>
          Object.values((globalThis as unknown as PageGlobals).app?.nodePreviewImages ?? {}).flat()
            .length > 0,
        undefined,
        { timeout: 60_000 },
      );
      await page.screenshot({ path: join(fileURLToPath(screenshots), 'running.png') });
      await page.waitForFunction(
        () =>
          (globalThis as unknown as PageGlobals).app?.graph?._nodes.some(
            (node) => node.type === 'SaveImage' && (node.imgs?.length ?? 0) > 0,
          ) === true,
        undefined,
        { timeout: 60_000 },
      );
      await page.screenshot({ path: join(fileURLToPath(screenshots), 'done.png') });
      expect(await page.getByText('Prompt execution failed').count()).toBe(0);
    }, 120_000);
  },
);
