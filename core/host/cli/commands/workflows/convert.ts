import { basename, extname, join } from 'node:path';
import { stringifyExactJson } from '../../../../base/exact-json.ts';
import { type Result, ok } from '../../../../base/result.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { readWorkflowFile } from '../../../../agent/workflows/workflow-desk.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { oneLine } from '../../../../domain/errors/plain-error.ts';
import { toSavedGraph } from '../../../../domain/workflow/layout/to-saved-graph.ts';
import type { NodeCatalog } from '../../../../domain/workflow/catalog.ts';
import type { WorkflowDocument } from '../../../../domain/workflow/document.ts';
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

/** What became of one file. */
interface Converted {
  /** The file to write. */
  readonly text: string;
  /** What is told of it as data. */
  readonly toRow: () => object;
  /** The workflow itself as data. */
  readonly data: object;
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
  const rows: object[] = [];
  let code: ExitCode = EXIT.ok;
  for (const file of paths) {
    const document = await readWorkflowFile(files, file);
    const note = (line: string): void => terminal.note(`${file}: ${line}`);
    const toForm = options.saveFormat === true ? toPageForm : toPayload;
    const converted = document.ok ? toForm(document.value, catalog.value, note) : document;
    if (!converted.ok) {
      note(oneLine(converted.error));
      rows.push({ file, error: converted.error });
      code = EXIT.badInput;
      continue;
    }
    const { text, toRow, data } = converted.value;
    let place: object = data;
    if (options.outDir !== undefined) {
      const written = await writeBeside(file, text, options.outDir, files);
      if (!written.ok) return terminal.fail(written.error, json);
      place = { path: written.value };
      if (!json) terminal.note(`${file} → ${written.value}`);
    } else if (!json) terminal.print(text.trimEnd());
    if (json) rows.push({ file, ...toRow(), ...place });
  }
  if (json) terminal.printJson({ files: rows });
  return code;
}

/** As ComfyUI's page would save it. */
function toPageForm(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  note: (line: string) => void,
): Result<Converted, AppError> {
  const { document: saved, notes } = toSavedGraph(document, catalog);
  for (const line of notes) note(line);
  const text = serializeWorkflow(saved);
  return ok({ text, toRow: () => ({ notes }), data: { workflow: saved.root } });
}

/** As ComfyUI gets it, with what became of each node. */
function toPayload(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  note: (line: string) => void,
): Result<Converted, AppError> {
  const converted = toExecutionPayload(document, catalog);
  if (!converted.ok) return converted;
  const { payload, report } = converted.value;
  for (const { nodeTitle, message } of report) note(`${nodeTitle}: ${message}`);
  return ok({
    text: `${stringifyExactJson(payload, 2)}\n`,
    toRow: () => ({
      notes: report,
      nodes: accountForNodes(document, catalog, converted.value),
    }),
    data: { payload },
  });
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
