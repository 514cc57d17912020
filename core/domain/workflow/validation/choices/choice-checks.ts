import type { Problem } from '../../../../contract/workflow.schema.ts';
import { choiceProblem } from './choice-problem.ts';
import { about } from '../graph/graph-problems.ts';
import type { PayloadNode } from '../payload-facts.ts';
import { refusalSentence, showValue } from '../refusal-sentences.ts';
import { specsInUse } from '../specs-in-use.ts';

/**
 * Choices that the server lets pass and the node then fails on: V3 lists are not checked by it, those inside a dynamic
 * choice included, and files only by the node itself.
 */
export function uncheckedChoiceProblems(
  nodes: ReadonlyMap<string, PayloadNode>,
): readonly Problem[] {
  return [...nodes.values()].flatMap((node) =>
    specsInUse(node).flatMap((spec): readonly Problem[] => {
      const value = Object.hasOwn(node.inputs, spec.name) ? node.inputs[spec.name] : undefined;
      if (value === undefined || spec.choices === undefined || typeof value === 'object') return [];
      if (spec.choices.includes(value)) return [];
      if (spec.hasUpload === true) {
        // With or without the mark it is the same file.
        const isListed = spec.choices.includes(String(value).replace(/ \[input\]$/, ''));
        return isListed ? [] : fileProblem(node, spec.name, showValue(value));
      }
      const isV3 = Array.isArray(spec.options['options']);
      return isV3 ? [choiceProblem(node, spec.name, value, spec.choices)] : [];
    }),
  );
}

/** Files in subfolders and in other folders are not listed, yet they are there; outside the folder nothing is. */
function fileProblem(node: PayloadNode, input: string, value: string): readonly Problem[] {
  if (/^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(value)) {
    return about(node, {
      type: 'custom_validation_failed',
      severity: 'error',
      input,
      message: refusalSentence('custom_validation_failed', {
        input,
        nodeTitle: node.title,
        value,
        said: 'Invalid image file',
      }),
    });
  }
  if (/[/\\]|\[(output|temp)\]$/.test(value) || value === '') return [];
  return about(node, {
    type: 'file_not_listed',
    severity: 'warning',
    input,
    message: `ComfyUI does not list the file “${value}” that ${node.title} loads.`,
  });
}
