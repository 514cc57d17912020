import { z } from 'zod';
import { parseExactJson } from '../../../base/exact-json.ts';
import { isJsonArray } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { readWorkflowFile } from '../../../agent/workflow-desk.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { toIssues } from '../../../contract/server.ts';
import { OpSchema } from '../../../contract/workflow.schema.ts';
import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import { applyOps, withoutWorkedOutValues } from '../../../domain/workflow/apply-ops.ts';
import { describeDiff } from '../../../domain/workflow/describe-diff.ts';
import { diffWorkflows } from '../../../domain/workflow/diff-workflows.ts';
import { serializeWorkflow } from '../../../domain/workflow/serialize-workflow.ts';
import type { Files } from '../../../ports/files.ts';
import { readCatalog } from '../read-object-info.ts';
import type { Terminal } from '../terminal.ts';

/** What `apply` was called with. */
export interface ApplyOptions {
  readonly workflow: string;
  readonly out?: string;
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly json?: boolean;
}

/** A list of ops, or ops with the reason for them. */
const EditsSchema = z.strictObject({
  intent: z.string().min(1).optional(),
  ops: z.array(OpSchema).min(1).readonly(),
});

/** Larger than any list of edits that somebody would review. */
const LIMIT = 8 * 1024 * 1024;

/** Applies edits from a file to a workflow, all or none, and says what changed; writes only with `--out`. */
export async function apply(
  opsPath: string,
  options: ApplyOptions,
  { terminal, files }: { readonly terminal: Terminal; readonly files: Files },
): Promise<ExitCode> {
  const json = options.json === true;
  const catalog = await readCatalog(files, options);
  if (!catalog.ok) return terminal.fail(catalog.error, json);
  const edits = await readEdits(files, opsPath);
  if (!edits.ok) return terminal.fail(edits.error, json);
  const document = await readWorkflowFile(files, options.workflow);
  if (!document.ok) return terminal.fail(document.error, json);
  const asked = withoutWorkedOutValues(edits.value.ops);
  const applied = applyOps(document.value, asked, catalog.value);
  if (!applied.ok) return terminal.fail(applied.error, json);
  const diff = diffWorkflows(document.value, applied.value.document, catalog.value);
  const changes = describeDiff(diff);
  let path: string | undefined;
  if (options.out !== undefined) {
    const bytes = new TextEncoder().encode(serializeWorkflow(applied.value.document));
    const written = await files.write(options.out, bytes);
    if (!written.ok) return terminal.fail(written.error, json);
    path = written.value.path;
  }
  if (json) {
    const { intent } = edits.value;
    terminal.printJson({
      ...(intent === undefined ? {} : { intent }),
      ops: applied.value.ops,
      diff,
      changes,
      ...(path === undefined ? { workflow: applied.value.document.root } : { path }),
    });
    return EXIT.ok;
  }
  for (const change of changes) terminal.print(change);
  if (changes.length === 0) terminal.print('No difference that matters.');
  terminal.note(path === undefined ? 'Nothing was written; --out keeps it.' : `→ ${path}`);
  return EXIT.ok;
}

async function readEdits(
  files: Files,
  path: string,
): Promise<Result<z.output<typeof EditsSchema>, AppError>> {
  const bytes = await files.read(path, LIMIT);
  if (!bytes.ok) return bytes;
  const parsed = parseExactJson(new TextDecoder().decode(bytes.value));
  if (!parsed.ok) {
    const { message, offset } = parsed.error;
    return err(appError('workflow/not-json', { reason: message, offset }));
  }
  const { value } = parsed;
  const edits = EditsSchema.safeParse(isJsonArray(value) ? { ops: value } : value);
  return edits.success
    ? ok(edits.data)
    : err(appError('tool/invalid-input', { name: 'apply', issues: toIssues(edits.error) }));
}
