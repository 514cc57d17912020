// Makes out/mcp/change-app.html: the page that MCP clients show for a proposal, in one file without a network.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Clients load it into a conversation: more than this is a mistake. */
const LIMIT = 900 * 1024;

/** Builds the page; `no-builder` where the packages for it are not installed (`npm ci --omit=dev`). */
export async function buildChangeApp(): Promise<'built' | 'no-builder'> {
  try {
    const [{ build }, { default: react }] = await Promise.all([
      import('vite'),
      import('@vitejs/plugin-react'),
    ]);
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    const built = await build({
      configFile: false,
      root,
      logLevel: 'warn',
      plugins: [react()],
      define: {
        __APP_VERSION__: JSON.stringify(version),
        'process.env.NODE_ENV': '"production"',
      },
      build: {
        write: false,
        target: 'chrome120',
        minify: true,
        cssCodeSplit: false,
        lib: { entry: join(root, 'renderer/change-app/main.tsx'), formats: ['iife'], name: 'app' },
      },
    });
    const outputs = [built].flat().flatMap((part) => ('output' in part ? part.output : []));
    const code = outputs.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
    const css = outputs.map((part) => (part.type === 'asset' ? String(part.source) : '')).join('');
    const html = toPage(code, css);
    if (html.length > LIMIT) throw new Error(`the page has ${String(html.length)} characters`);
    await mkdir(join(root, 'out', 'mcp'), { recursive: true });
    await writeFile(join(root, 'out', 'mcp', 'change-app.html'), html);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return 'no-builder';
    throw cause;
  }
  return 'built';
}

/** Only exactly this script and exactly these styles run; nothing is loaded, sent, framed or submitted. */
function toPage(code: string, css: string): string {
  const script = code.replaceAll('</script', '<\\/script').trim();
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(css)}'`,
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Proposed change</title><style>${css}</style></head>`,
    `<body><div id="root"></div><script type="module">${script}</script></body></html>`,
  ].join('\n');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (process.argv[1] === import.meta.filename) await buildChangeApp();
