import { readWorkflowFile } from '../../../../agent/workflows/workflow-desk.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { describeDiffEntry } from '../../../../domain/workflow/describe/describe-diff.ts';
import { describeDiffMarkdown } from '../../../../domain/workflow/diff/describe/describe-diff-markdown.ts';
import { describeDiffMermaid } from '../../../../domain/workflow/diff/describe/describe-diff-mermaid.ts';
import { createEditScript } from '../../../../domain/workflow/diff/edit-script.ts';
import { diffWorkflows } from '../../../../domain/workflow/diff/diff-workflows.ts';
import type { Files } from '../../../../ports/files.ts';
import { readCatalog } from '../../read-object-info.ts';
import type { Terminal } from '../../terminal.ts';

/** What `diff` was called with. */
export interface DiffOptions {
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly markdown?: boolean;
  readonly mermaid?: boolean;
  readonly script?: boolean;
  readonly json?: boolean;
}

/** Says in an artist's words what differs between two workflows, or as the edit script for `apply`. */
export async function diff(
  beforePath: string,
  afterPath: string,
  options: DiffOptions,
  { terminal, files }: { readonly terminal: Terminal; readonly files: Files },
): Promise<ExitCode> {
  const json = options.json === true;
  const catalog = await readCatalog(files, options);
  if (!catalog.ok) return terminal.fail(catalog.error, json);
  const before = await readWorkflowFile(files, beforePath);
  if (!before.ok) return terminal.fail(before.error, json);
  const after = await readWorkflowFile(files, afterPath);
  if (!after.ok) return terminal.fail(after.error, json);
  if (options.script === true) {
    const script = createEditScript(before.value, after.value);
    if (!script.ok) return terminal.fail(script.error, json);
    terminal.printJson(script.value);
    return EXIT.ok;
  }
  const entries = diffWorkflows(before.value, after.value, catalog.value);
  if (json) {
    terminal.printJson({ diff: entries, changes: entries.map(describeDiffEntry) });
  } else if (options.markdown === true) {
    terminal.print(describeDiffMarkdown(entries).trimEnd());
  } else if (options.mermaid === true) {
    terminal.print(describeDiffMermaid(entries).trimEnd());
  } else if (entries.length === 0) terminal.print('No difference that matters.');
  else for (const entry of entries) terminal.print(describeDiffEntry(entry));
  return EXIT.ok;
}
