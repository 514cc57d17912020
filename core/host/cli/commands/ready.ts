import { readWorkflowFile } from '../../../agent/workflow-desk.ts';
import { stringifyExactJson } from '../../../base/exact-json.ts';
import type { Readiness } from '../../../contract/readiness.schema.ts';
import { JsonValueSchema } from '../../../contract/json.schema.ts';
import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import { readWorkload } from '../../../domain/machine/read-workload.ts';
import { assessReadiness } from '../../../domain/readiness/assess-readiness.ts';
import { describeReadiness } from '../../../domain/readiness/describe-readiness.ts';
import { viewWorkflow } from '../../../domain/workflow/view-workflow.ts';
import type { Files } from '../../../ports/files.ts';
import { useServer } from '../read-object-info.ts';
import type { Terminal } from '../terminal.ts';

/** What `ready` was called with. */
export interface ReadyOptions {
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly ops?: string;
  readonly json?: boolean;
}

/** Without a server, "here" would promise too much. */
const NO_SERVER =
  'This is judged by the nodes that ComfyUI itself brings, not by yours; --comfy with its address asks yours.';

/** Says whether workflows would run on a ComfyUI, what they lack, and which edits would make them run. */
export async function ready(
  paths: readonly string[],
  options: ReadyOptions,
  { terminal, files }: { readonly terminal: Terminal; readonly files: Files },
): Promise<ExitCode> {
  const json = options.json === true;
  const rows: (Readiness & { readonly file: string; readonly lines: readonly string[] })[] = [];
  const answered = await useServer(files, options, async (server) => {
    for (const path of paths) {
      const document = await readWorkflowFile(files, path);
      if (!document.ok) return document.error;
      const readiness = assessReadiness(document.value, {
        ...server,
        sizes: await server.sizesOf(readWorkload(viewWorkflow(document.value, server.catalog))),
      });
      rows.push({ file: path, ...readiness, lines: describeReadiness(readiness) });
    }
    return undefined;
  });
  if (!answered.ok) return terminal.fail(answered.error, json);
  if (answered.value !== undefined) return terminal.fail(answered.value, json);
  if (options.ops !== undefined) {
    const text = editsOf(rows);
    const written = await files.write(options.ops, new TextEncoder().encode(text));
    if (!written.ok) return terminal.fail(written.error, json);
    terminal.note(`→ ${written.value.path}`);
  }
  if (json) terminal.printJson({ files: rows });
  else for (const row of rows) print(row, terminal);
  if (options.comfy === undefined && options.objectInfo === undefined) terminal.note(NO_SERVER);
  return rows.every(({ outcome }) => outcome === 'ready') ? EXIT.ok : EXIT.lacking;
}

function print(
  { file, lines }: { readonly file: string; readonly lines: readonly string[] },
  terminal: Terminal,
): void {
  const [headline = '', ...rest] = lines;
  terminal.print(`${file}: ${headline}`);
  for (const line of rest) terminal.print(`  · ${line}`);
}

/** The edits as `apply` reads them. */
function editsOf(rows: readonly Readiness[]): string {
  const fixes = rows.flatMap((row) => row.fixes);
  const edits = {
    intent: fixes.map(({ intent }) => intent).join('; '),
    ops: fixes.flatMap(({ ops }) => ops),
  };
  return `${stringifyExactJson(JsonValueSchema.parse(edits), 2)}\n`;
}
