import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { describeDiffEntry } from '../../describe-diff.ts';

interface Box {
  readonly title: string;
  state: 'added' | 'removed' | 'changed' | 'touched';
  readonly lines: string[];
}

/**
 * The changes as a Mermaid flowchart: every node that is concerned with what changed on it, new links as
 * arrows, removed ones dotted. Told apart by words and line style, not by colour alone.
 */
export function describeDiffMermaid(entries: readonly DiffEntry[]): string {
  const boxes = new Map<string, Box>();
  const arrows: string[] = [];
  const names = new Map<string, string>();
  const nameOf = (nodeId: string): string => {
    const name = names.get(nodeId) ?? `n${String(names.size + 1)}`;
    names.set(nodeId, name);
    return name;
  };
  const box = (nodeId: string, title: string): Box => {
    const found = boxes.get(nodeId) ?? { title, state: 'touched' as const, lines: [] };
    boxes.set(nodeId, found);
    nameOf(nodeId);
    return found;
  };
  for (const entry of entries) {
    switch (entry.kind) {
      case 'link-added':
      case 'link-removed': {
        const { from, to } = entry;
        box(from.nodeId, from.nodeTitle);
        box(to.nodeId, to.nodeTitle);
        const arrow = entry.kind === 'link-added' ? '-->' : '-.->';
        const label = `${from.output} to ${to.input}${entry.kind === 'link-added' ? '' : ' (removed)'}`;
        arrows.push(`${nameOf(from.nodeId)} ${arrow}|"${escape(label)}"| ${nameOf(to.nodeId)}`);
        break;
      }
      case 'node-added':
        box(entry.nodeId, entry.nodeTitle).state = 'added';
        break;
      case 'node-removed':
        box(entry.nodeId, entry.nodeTitle).state = 'removed';
        break;
      case 'title-changed':
        note(box(entry.nodeId, entry.to), entry);
        break;
      case 'node-replaced':
      case 'widget-changed':
      case 'mode-changed':
      case 'node-moved':
        note(box(entry.nodeId, entry.nodeTitle), entry);
        break;
      case 'document-changed':
        note(box('the file', 'The workflow'), entry);
    }
  }
  const nodes = [...boxes].map(([nodeId, each]) => {
    const state = each.state === 'added' ? ' (new)' : each.state === 'removed' ? ' (removed)' : '';
    const text = [`${each.title}${state}`, ...each.lines].map(escape).join('<br>');
    return `${nameOf(nodeId)}["${text}"]:::${each.state}`;
  });
  return ['flowchart LR', ...[...nodes, ...arrows, ...STYLES].map((line) => `  ${line}`), ''].join(
    '\n',
  );
}

const STYLES = [
  'classDef added stroke:#2da44e,stroke-width:3px',
  'classDef removed stroke:#cf222e,stroke-dasharray:4',
  'classDef changed stroke:#bf8700,stroke-width:2px',
  'classDef touched stroke:#6e7781',
];

/** "on KSampler" is left out: the line stands in its box. */
function note(box: Box, entry: DiffEntry): void {
  if (box.state === 'touched') box.state = 'changed';
  const words = describeDiffEntry(entry);
  const own = ` on ${box.title}`;
  box.lines.push(words.endsWith(own) ? words.slice(0, -own.length) : words);
}

/** Mermaid reads quotes, brackets and hashes as its own; they are written as entities. */
function escape(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[#"<>&;|[\]{}()`\\]/g, (sign) => `#${String(sign.codePointAt(0))};`);
}
