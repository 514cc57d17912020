import { readWorkflowFile } from '../../../../agent/workflows/workflow-desk.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { describeDiff } from '../../../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../../../domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../../../domain/workflow/document.ts';
import { mergeWorkflows } from '../../../../domain/workflow/merge/merge-workflows.ts';
import { describeConflict } from '../../../../domain/workflow/rebase/conflict.ts';
import { serializeWorkflow } from '../../../../domain/workflow/serialize-workflow.ts';
import type { Files } from '../../../../ports/files.ts';
import { readCatalog } from '../../read-object-info.ts';
import type { Terminal } from '../../terminal.ts';

/** What `merge` was called with. */
export interface MergeOptions {
  readonly out?: string;
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly json?: boolean;
}

/**
 * Merges two versions of a workflow. Where both changed one thing the first one's is kept, the conflict is
 * said with both sides, and the exit code is 2; the merged workflow is written all the same.
 */
export async function merge(
  paths: readonly [base: string, ours: string, theirs: string],
  options: MergeOptions,
  { terminal, files }: { readonly terminal: Terminal; readonly files: Files },
): Promise<ExitCode> {
  const json = options.json === true;
  const catalog = await readCatalog(files, options);
  if (!catalog.ok) return terminal.fail(catalog.error, json);
  const sides: WorkflowDocument[] = [];
  for (const path of paths) {
    const document = await readWorkflowFile(files, path);
    if (!document.ok) return terminal.fail(document.error, json);
    sides.push(document.value);
  }
  const [base, ours, theirs] = sides;
  if (base === undefined || ours === undefined || theirs === undefined) return EXIT.bug;
  const merged = mergeWorkflows(base, ours, theirs, catalog.value);
  if (!merged.ok) return terminal.fail(merged.error, json);
  const { document, conflicts } = merged.value;
  const diff = diffWorkflows(base, document, catalog.value);
  const text = serializeWorkflow(document);
  let path: string | undefined;
  if (options.out !== undefined) {
    const written = await files.write(options.out, new TextEncoder().encode(text));
    if (!written.ok) return terminal.fail(written.error, json);
    path = written.value.path;
  }
  if (json) {
    terminal.printJson({
      conflicts: conflicts.map((each) => ({ ...each, message: describeConflict(each) })),
      diff,
      changes: describeDiff(diff),
      ...(path === undefined ? { workflow: document.root } : { path }),
    });
  } else {
    if (path === undefined) terminal.print(text.trimEnd());
    for (const change of describeDiff(diff)) terminal.note(change);
    for (const conflict of conflicts) terminal.note(`✗ ${describeConflict(conflict)}`);
    if (path !== undefined) terminal.note(`→ ${path}`);
  }
  return conflicts.length === 0 ? EXIT.ok : EXIT.badInput;
}
