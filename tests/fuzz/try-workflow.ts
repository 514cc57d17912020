import { artistMessage } from '../../core/domain/errors/artist-message.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { describeDiff } from '../../core/domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../core/domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { validateWorkflow } from '../../core/domain/workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';
import type { AppError } from '../../core/contract/errors.ts';

/** What came of a text, and how long each step took in ms. */
export interface Tried {
  readonly nodes: number;
  readonly isWorkflow: boolean;
  readonly times: Readonly<Record<'parse' | 'view' | 'validate' | 'convert' | 'diff', number>>;
  /** What was said of it that is not a sentence. */
  readonly unsaid: readonly string[];
}

/** Puts a text through everything that is done to a file that somebody opens. */
export function tryWorkflow(text: string, before: WorkflowDocument, catalog: NodeCatalog): Tried {
  const times = { parse: 0, view: 0, validate: 0, convert: 0, diff: 0 };
  const timed = <Made>(step: keyof typeof times, make: () => Made): Made => {
    const startedAt = performance.now();
    const made = make();
    times[step] = performance.now() - startedAt;
    return made;
  };
  const parsed = timed('parse', () => parseWorkflow(text));
  if (!parsed.ok) return { nodes: 0, isWorkflow: false, times, unsaid: unsaid(parsed.error) };
  const document = parsed.value;
  const view = timed('view', () => viewWorkflow(document, catalog));
  const problems = timed('validate', () => validateWorkflow(document, catalog));
  const made = timed('convert', () => toExecutionPayload(document, catalog));
  const lines = timed('diff', () => describeDiff(diffWorkflows(before, document, catalog)));
  const notes = made.ok ? made.value.report : [];
  const said = [...problems, ...notes].map(({ message }) => message);
  return {
    nodes: view.nodes.length,
    isWorkflow: true,
    times,
    unsaid: [
      ...[...said, ...lines].filter((line) => !isSaid(line)),
      ...(made.ok ? [] : unsaid(made.error)),
    ],
  };
}

function unsaid(error: AppError): readonly string[] {
  const { title, body } = artistMessage(error);
  return [title, body].filter((line) => !isSaid(line));
}

/** True for a line that says something: words, and no object printed by mistake. */
function isSaid(line: string): boolean {
  return line.trim() !== '' && !/\[object |\bundefined\b|function \w*\(/.test(line);
}
