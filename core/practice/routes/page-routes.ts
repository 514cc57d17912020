import { join, normalize } from 'node:path';
import { type Call } from '../http/call.ts';
import { contentTypeOf } from '../http/content-type.ts';
import { type Reply } from '../http/reply.ts';
import { missingFileReply } from '../http/router.ts';
import { sendFile } from '../http/send-file.ts';

const NO_CACHE: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache',
  Pragma: 'no-cache',
  Expires: '0',
};

/** Serves ComfyUI's own page from a folder, or a plain page that says what this server is. */
export function createPageFiles(
  pageDir: string | undefined,
): (path: string, call: Call) => Promise<Reply> {
  return async (path, call) => {
    const decoded = decodePath(path);
    if (decoded === undefined || decoded.split('/').includes('..')) return missingFileReply(path);
    if (pageDir === undefined) return decoded === '/' ? plainPage() : missingFileReply(path);
    const name = decoded === '/' ? 'index.html' : decoded;
    const headers = {
      'Content-Type': contentTypeOf(name),
      ...(decoded === '/' ? NO_CACHE : { 'Cache-Control': 'no-cache' }),
    };
    return (
      (await sendFile(call, join(pageDir, normalize(name)), headers)) ?? missingFileReply(path)
    );
  };
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function plainPage(): Reply {
  return {
    status: 200,
    headers: { ...NO_CACHE, 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<title>Practice ComfyUI</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }
</style>
<h1>Practice ComfyUI</h1>
<p>This is the practice ComfyUI of Second Unit. It answers like a real one, but its pictures are made
up: nothing here needs a graphics card or a model.</p>
<p>To see ComfyUI's own page here, start it with the folder of that page.</p>
</html>
`,
  };
}
