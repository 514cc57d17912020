import { basename, extname, join } from 'node:path';
import { stringifyExactJson } from '../../../../base/exact-json.ts';
import { type Result, ok } from '../../../../base/result.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { readWorkflowFile } from '../../../../agent/workflows/workflow-desk.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { oneLine } from '../../../../domain/errors/plain-error.ts';
import { toSavedGraph } from '../../../../domain/workflow/layout/to-saved-graph.ts';
import { serializeWorkflow } from '../../../../domain/workflow/serialize-workflow.ts';
import { accountForNodes } from '../../../../domain/workflow/payload/account-for-nodes.ts';
import { toExecutionPayload } from '../../../../domain/workflow/payload/to-execution-payload.ts';
import type { Files } from '../../../../ports/files.ts';
import { readCatalog } from '../../read-object-info.ts';
import type { Terminal } from '../../terminal.ts';

/** What `convert` was called with. */
export interface ConvertOptions {
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly outDir?: string;
  /** The page's own form instead of the payload. */
  readonly saveFormat?: boolean;
  readonly json?: boolean;
}

/** Prints the execution payload or the page's form of each workflow, or writes one file per input; notes go to stderr. */
export async function convert(
  paths: readonly string[],
  options: ConvertOptions,
  { terminal, files }: { readonly terminal: Terminal; readonly files: Files },
): Promise<ExitCode> {
  const json = options.json === true;
  const catalog = await readCatalog(files, options);
  if (!catalog.ok) return terminal.fail(catalog.error, json);
  const rows: {
    file: string;
    path?: string;
    notes?: unknown;
    nodes?: unknown;
    error?: unknown;
    workflow?: unknown;
  }[] = [];
  let code: ExitCode = EXIT.ok;
  for (const path of paths) {
    const document = await readWorkflowFile(files, path);
    if (options.saveFormat === true && document.ok) {
      const saved = toSavedGraph(document.value, catalog.value);
      for (const note of saved.notes) terminal.note(`${path}: ${note}`);
      const text = serializeWorkflow(saved.document);
      const row = { file: path, notes: saved.notes };
      if (options.outDir === undefined) {
        if (!json) terminal.print(text.trimEnd());
        rows.push({ ...row, ...(json ? { workflow: saved.document.root } : {}) });
        continue;
      }
      const written = await writeBeside(path, text, options.outDir, files);
      if (!written.ok) return terminal.fail(written.error, json);
      rows.push({ ...row, path: written.value });
      if (!json) terminal.note(`${path} → ${written.value}`);
      continue;
    }
    const converted = document.ok ? toExecutionPayload(document.value, catalog.value) : document;
    if (!converted.ok) {
      terminal.note(`${path}: ${oneLine(converted.error)}`);
      rows.push({ file: path, error: converted.error });
      code = EXIT.badInput;
      continue;
    }
    const { payload, report } = converted.value;
    const nodes =
      json && document.ok ? accountForNodes(document.value, catalog.value, converted.value) : [];
    for (const note of report) terminal.note(`${path}: ${note.nodeTitle}: ${note.message}`);
    const text = stringifyExactJson(payload, 2);
    if (options.outDir === undefined) {
      if (!json) terminal.print(text);
      rows.push({ file: path, notes: report, nodes, ...(json ? { payload } : {}) });
      continue;
    }
    const written = await writeBeside(path, `${text}\n`, options.outDir, files);
    if (!written.ok) return terminal.fail(written.error, json);
    rows.push({ file: path, path: written.value, notes: report, nodes });
    if (!json) terminal.note(`${path} → ${written.value}`);
  }
  if (json) terminal.printJson({ files: rows });
  return code;
}

/** Writes what became of a file under the file's own name, and says where. */
async function writeBeside(
  path: string,
  text: string,
  folder: string,
  files: Files,
): Promise<Result<string, AppError>> {
  const target = join(folder, `${basename(path, extname(path))}.json`);
  const written = await files.write(target, new TextEncoder().encode(text));
  return written.ok ? ok(written.value.path) : written;
}
