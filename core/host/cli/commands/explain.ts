import { buffer } from 'node:stream/consumers';
import { readWorkflowFile } from '../../../agent/workflows/workflow-desk.ts';
import { type Result, ok } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import {
  type ExplainContext,
  type Explanation,
  explainEvidence,
} from '../../../domain/failure/evidence/explain-evidence.ts';
import { readEvidence } from '../../../domain/failure/evidence/read-evidence.ts';
import { viewWorkflow } from '../../../domain/workflow/view/view-workflow.ts';
import type { Files } from '../../../ports/files.ts';
import { readCatalog } from '../read-object-info.ts';
import type { Terminal } from '../terminal.ts';

/** What `explain` was called with. */
export interface ExplainOptions {
  readonly workflow?: string;
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly raw?: boolean;
  readonly json?: boolean;
}

/** A history of a long night with every workflow in it. */
const LIMIT = 256 * 1024 * 1024;
/** More than this in one file is a list to read, and the last ones matter. */
const MOST = 20;

/** Says in an artist's words what a log, an error or an answer of ComfyUI means; "-" reads standard input. */
export async function explain(
  path: string,
  options: ExplainOptions,
  { terminal, files }: { readonly terminal: Terminal; readonly files: Files },
): Promise<ExitCode> {
  const json = options.json === true;
  const bytes = path === '-' ? ok(await buffer(process.stdin)) : await files.read(path, LIMIT);
  if (!bytes.ok) return terminal.fail(bytes.error, json);
  const context = await readContext(options, files);
  if (!context.ok) return terminal.fail(context.error, json);
  const { source, found } = readEvidence(new TextDecoder().decode(bytes.value));
  const explanations = found
    .slice(-MOST)
    .map((evidence) => explainEvidence(evidence, context.value));
  if (json) terminal.printJson({ source, explanations });
  else if (explanations.length === 0) {
    terminal.print(
      source === 'log' || source === 'error'
        ? 'Nothing in it looks like a failure.'
        : 'Nothing went wrong in it.',
    );
  } else print(explanations, options.raw === true, terminal);
  const isUnreadable = explanations.length === 0 && (source === 'log' || source === 'error');
  return isUnreadable ? EXIT.badInput : EXIT.ok;
}

async function readContext(
  options: ExplainOptions,
  files: Files,
): Promise<Result<ExplainContext, AppError>> {
  const catalog = await readCatalog(files, options);
  if (!catalog.ok) return catalog;
  if (options.workflow === undefined) {
    const view = viewWorkflow({ format: 'api', root: {} }, catalog.value);
    return ok({ view, catalog: catalog.value });
  }
  const document = await readWorkflowFile(files, options.workflow);
  if (!document.ok) return document;
  return ok({ view: viewWorkflow(document.value, catalog.value), catalog: catalog.value });
}

function print(explanations: readonly Explanation[], showRaw: boolean, terminal: Terminal): void {
  explanations.forEach(({ title, body, nextSteps, raw }, index) => {
    if (index > 0) terminal.print('');
    terminal.print(title);
    terminal.print(`  ${body}`);
    for (const step of nextSteps) terminal.print(`  · ${step}`);
    if (!showRaw || raw === '') return;
    for (const line of raw.split('\n')) terminal.print(`  | ${line}`);
  });
}
