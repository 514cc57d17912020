import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { parseExactJson, stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../core/base/json.ts';
import { createPracticeServer } from '../../core/practice/create-practice-server.ts';
import { getSetExtension } from './workflows/get-set-extension.ts';
import { oracleClasses } from './workflows/oracle-classes.ts';

/** ComfyUI's own page with nothing to do but to say what it would send. */
export interface ComfyPage {
  /** The server's classes, as the page got them. */
  readonly objectInfo: JsonObject;
  /** What the page calls each class. */
  readonly titles: Readonly<Record<string, string>>;
  /** What the page would send for a workflow; text in, as when a file is dropped on it. */
  toPayload(workflow: string): Promise<PageAnswer>;
  close(): Promise<void>;
}

/** `output` of the page's `graphToPrompt`, or what it threw. */
export type PageAnswer =
  | { readonly ok: true; readonly payload: JsonObject }
  | { readonly ok: false; readonly error: string };

/** The moment that the page is told it is, so that dates in file names agree. */
export const ORACLE_NOW = new Date(2026, 2, 4, 5, 6, 7);

const EXTENSION_PATH = '/extensions/oracle/get-set.js';

/** The parts of the page's global `app` that are used. */
interface PageGlobals {
  readonly app: {
    readonly graph?: { readonly _nodes: readonly unknown[] };
    readonly canvas: { draw: () => void };
    loadGraphData(
      graph: unknown,
      clean: boolean,
      restoreView: boolean,
      workflow: null,
      options: Readonly<Record<string, boolean>>,
    ): Promise<void>;
    graphToPrompt(): Promise<{ readonly output: unknown }>;
  };
  readonly LiteGraph?: {
    readonly registered_node_types: Readonly<Record<string, { readonly title?: string }>>;
  };
}

/** Opens the page's static files on a practice server of its own. */
export async function openComfyPage(
  pageDir: string,
  moreClasses: (known: JsonObject) => JsonObject = () => ({}),
): Promise<ComfyPage> {
  const server = await createPracticeServer({ pageDir });
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args,
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  try {
    const answer = parseExactJson(await (await fetch(`${server.url}/object_info`)).text());
    if (!answer.ok || !isJsonObject(answer.value)) throw new Error('no node classes');
    const known = { ...answer.value, ...oracleClasses };
    const objectInfo = { ...known, ...moreClasses(known) };
    const page = await newPage(browser, server.url, stringifyExactJson(objectInfo));
    const titles = await readTitles(page);
    return { objectInfo, titles, toPayload: (text) => askPage(page, text), close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

type Page = Awaited<ReturnType<Browser['newPage']>>;

async function newPage(browser: Browser, url: string, objectInfo: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  await page.route(/\/object_info$/, (route) =>
    route.fulfill({ contentType: 'application/json', body: objectInfo }),
  );
  // The page asks the server for packs' own code: here the oracle's stand-in for Get and Set nodes.
  await page.route(/\/extensions$/, (route) => route.fulfill({ json: [EXTENSION_PATH] }));
  await page.route(new RegExp(`${EXTENSION_PATH}$`), (route) =>
    route.fulfill({ contentType: 'text/javascript', body: getSetExtension }),
  );
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction(
    () => {
      const { app, LiteGraph } = globalThis as unknown as Partial<PageGlobals>;
      const known = LiteGraph?.registered_node_types ?? {};
      return app?.graph !== undefined && Object.keys(known).length > 400 && 'SetNode' in known;
    },
    undefined,
    { timeout: 120_000 },
  );
  await page.evaluate(() => {
    const { app } = globalThis as unknown as PageGlobals;
    // Nobody looks, and drawing without a graphics card takes most of the time.
    app.canvas.draw = () => undefined;
  });
  return page;
}

async function readTitles(page: Page): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(() => {
    const { LiteGraph } = globalThis as unknown as PageGlobals;
    const classes = Object.entries(LiteGraph?.registered_node_types ?? {});
    return Object.fromEntries(classes.map(([type, { title }]) => [type, title ?? type]));
  });
}

async function askPage(page: Page, text: string): Promise<PageAnswer> {
  const answer = await page.evaluate(
    async ([workflow, now]) => {
      const { app } = globalThis as unknown as PageGlobals;
      const { random } = Math;
      const RealDate = Date;
      const quiet = {
        showMissingNodesDialog: false,
        showMissingModelsDialog: false,
        checkForRerouteMigration: false,
      };
      try {
        const file = JSON.parse(workflow) as { readonly nodes: readonly unknown[] };
        await app.loadGraphData(file, true, false, null, quiet);
        if (file.nodes.length > 0 && app.graph?._nodes.length === 0) {
          return { ok: false, text: 'the page opened none of the nodes' };
        }
        // Choices in braces fall on the first, dates on one moment: so that answers can be compared.
        Math.random = () => 0;
        globalThis.Date = class extends RealDate {
          constructor(...args: readonly number[]) {
            super(...((args.length === 0 ? [now] : args) as [number]));
          }
        } as DateConstructor;
        const { output } = await app.graphToPrompt();
        return { ok: true, text: JSON.stringify(output) };
      } catch (cause) {
        return { ok: false, text: String(cause) };
      } finally {
        Math.random = random;
        globalThis.Date = RealDate;
      }
    },
    [text, ORACLE_NOW.getTime()] as const,
  );
  if (!answer.ok) return { ok: false, error: answer.text };
  const parsed = parseExactJson(answer.text);
  return parsed.ok && isJsonObject(parsed.value)
    ? { ok: true, payload: parsed.value }
    : { ok: false, error: 'the page gave no payload' };
}
