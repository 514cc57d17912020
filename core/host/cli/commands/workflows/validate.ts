import { readWorkflowFile } from '../../../../agent/workflows/workflow-desk.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { validateWorkflow } from '../../../../domain/workflow/validation/validate-workflow.ts';
import type { Files } from '../../../../ports/files.ts';
import { readCatalog } from '../../read-object-info.ts';
import type { Terminal } from '../../terminal.ts';

/** What `validate` was called with. */
export interface ValidateOptions {
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly json?: boolean;
}

const marks = { error: '✗', warning: '!', note: '·' } as const;

/** Says what a ComfyUI would refuse, and what it would not notice, without queuing anything. */
export async function validate(
  paths: readonly string[],
  options: ValidateOptions,
  { terminal, files }: { readonly terminal: Terminal; readonly files: Files },
): Promise<ExitCode> {
  const json = options.json === true;
  const catalog = await readCatalog(files, options);
  if (!catalog.ok) return terminal.fail(catalog.error, json);
  const rows: { readonly file: string; readonly problems: unknown }[] = [];
  let code: ExitCode = EXIT.ok;
  for (const path of paths) {
    const document = await readWorkflowFile(files, path);
    if (!document.ok) return terminal.fail(document.error, json);
    const problems = validateWorkflow(document.value, catalog.value);
    rows.push({ file: path, problems });
    if (problems.some(({ severity }) => severity === 'error')) code = EXIT.badInput;
    if (json) continue;
    terminal.print(`${path}: ${problems.length === 0 ? 'ready to run' : ''}`.trimEnd());
    for (const { severity, message } of problems) terminal.print(`  ${marks[severity]} ${message}`);
  }
  if (json) terminal.printJson({ files: rows });
  return code;
}
