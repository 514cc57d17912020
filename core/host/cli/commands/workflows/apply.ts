import { z } from 'zod';
import { parseExactJson } from '../../../../base/exact-json.ts';
import { isJsonArray, isJsonObject } from '../../../../base/json.ts';
import { type Result, err, ok } from '../../../../base/result.ts';
import { readWorkflowFile } from '../../../../agent/workflows/workflow-desk.ts';
import { type AppError, appError } from '../../../../contract/errors.ts';
import { toIssues } from '../../../../contract/wire/server.ts';
import {
  type DocumentPatch,
  DocumentPatchSchema,
  type Op,
  OpSchema,
} from '../../../../contract/workflow.schema.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { applyOps, withoutWorkedOutValues } from '../../../../domain/workflow/ops/apply-ops.ts';
import { applyPatch } from '../../../../domain/workflow/patch/apply-patch.ts';
import type { NodeCatalog } from '../../../../domain/workflow/catalog.ts';
import { describeDiff } from '../../../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../../../domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../../../domain/workflow/document.ts';
import { serializeWorkflow } from '../../../../domain/workflow/serialize-workflow.ts';
import type { Files } from '../../../../ports/files.ts';
import { readCatalog } from '../../read-object-info.ts';
import type { Terminal } from '../../terminal.ts';

/** What `apply` was called with. */
export interface ApplyOptions {
  readonly workflow: string;
  readonly out?: string;
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly json?: boolean;
}

/** A list of ops, or ops with the reason for them. */
const OpsSchema = z.strictObject({
  intent: z.string().min(1).optional(),
  ops: z.array(OpSchema).min(1).readonly(),
});
/** What a file of edits may hold; the second is what `diff --script` prints. */
type Edits = z.output<typeof OpsSchema> | DocumentPatch;

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
  const applied = applyEdits(document.value, edits.value, catalog.value);
  if (!applied.ok) return terminal.fail(applied.error, json);
  const { document: changed, ...what } = applied.value;
  const diff = diffWorkflows(document.value, changed, catalog.value);
  const changes = describeDiff(diff);
  let path: string | undefined;
  if (options.out !== undefined) {
    const bytes = new TextEncoder().encode(serializeWorkflow(changed));
    const written = await files.write(options.out, bytes);
    if (!written.ok) return terminal.fail(written.error, json);
    path = written.value.path;
  }
  if (json) {
    terminal.printJson({
      ...what,
      diff,
      changes,
      ...(path === undefined ? { workflow: changed.root } : { path }),
    });
    return EXIT.ok;
  }
  for (const change of changes) terminal.print(change);
  if (changes.length === 0) terminal.print('No difference that matters.');
  terminal.note(path === undefined ? 'Nothing was written; --out keeps it.' : `→ ${path}`);
  return EXIT.ok;
}

interface Edited {
  readonly document: WorkflowDocument;
  readonly intent?: string;
  /** With the values that formulas came to; absent for an edit script. */
  readonly ops?: readonly Op[];
}

function applyEdits(
  document: WorkflowDocument,
  edits: Edits,
  catalog: NodeCatalog,
): Result<Edited, AppError> {
  if ('entries' in edits) {
    const followed = applyPatch(document, edits);
    return followed.ok ? ok({ document: followed.value }) : followed;
  }
  const applied = applyOps(document, withoutWorkedOutValues(edits.ops), catalog);
  if (!applied.ok) return applied;
  const { intent } = edits;
  return ok({
    document: applied.value.document,
    ...(intent === undefined ? {} : { intent }),
    ops: applied.value.ops,
  });
}

async function readEdits(files: Files, path: string): Promise<Result<Edits, AppError>> {
  const bytes = await files.read(path, LIMIT);
  if (!bytes.ok) return bytes;
  const parsed = parseExactJson(new TextDecoder().decode(bytes.value));
  if (!parsed.ok) {
    const { message, offset } = parsed.error;
    return err(appError('workflow/not-json', { reason: message, offset }));
  }
  const value = isJsonArray(parsed.value) ? { ops: parsed.value } : parsed.value;
  const list = isJsonObject(value) ? (value['entries'] ?? value['ops']) : undefined;
  if (!isJsonObject(value) || !isJsonArray(list)) {
    return err(notEdits('The file holds no list of edits, nor what “diff --script” prints.'));
  }
  // Checking each of a million wrong ones would take minutes.
  if (list.length > MAX_EDITS) {
    return err(notEdits(`The file holds ${list.length} edits; ${MAX_EDITS} are the most at once.`));
  }
  const edits =
    'entries' in value ? DocumentPatchSchema.safeParse(value) : OpsSchema.safeParse(value);
  return edits.success
    ? ok(edits.data)
    : err(appError('tool/invalid-input', { name: 'apply', issues: toIssues(edits.error) }));
}

/** More than anybody would review, and few enough to check one by one. */
const MAX_EDITS = 10_000;

function notEdits(message: string): AppError {
  return appError('tool/invalid-input', { name: 'apply', issues: [{ path: 'edits', message }] });
}
