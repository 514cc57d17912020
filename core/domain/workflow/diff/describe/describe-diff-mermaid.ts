import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { describeDiffEntry } from '../../describe/describe-diff.ts';

interface Box {
  /** What arrows call it. */
  readonly name: string;
  readonly title: string;
  state: 'added' | 'removed' | 'changed' | 'touched';
  readonly lines: string[];
}

interface NodeRef {
  readonly nodeId: string;
  readonly nodeTitle: string;
}

/**
 * The changes as a Mermaid flowchart: every node that is concerned with what changed on it, new links as
 * arrows, removed ones dotted. Told apart by words and line style, not by colour alone.
 */
export function describeDiffMermaid(entries: readonly DiffEntry[]): string {
  const boxes = new Map<string, Box>();
  const arrows: string[] = [];
  const box = ({ nodeId, nodeTitle: title }: NodeRef, key = nodeId): Box => {
    const name = `n${String(boxes.size + 1)}`;
    const found = boxes.get(key) ?? { name, title, state: 'touched', lines: [] };
    boxes.set(key, found);
    return found;
  };
  const removed = new Map(
    entries
      .filter((entry) => entry.kind === 'node-removed')
      .map(({ nodeId, nodeTitle }) => [nodeId, nodeTitle]),
  );
  // Between unlike files a new node may have the number of a removed one.
  const oldBox = (node: NodeRef): Box =>
    removed.get(node.nodeId) === node.nodeTitle ? box(node, `removed ${node.nodeId}`) : box(node);
  for (const entry of entries) {
    switch (entry.kind) {
      case 'link-added':
        arrows.push(arrow(box(entry.from), '-->', linkLabel(entry), box(entry.to)));
        break;
      case 'link-removed': {
        const label = `${linkLabel(entry)} (removed)`;
        arrows.push(arrow(oldBox(entry.from), '-.->', label, oldBox(entry.to)));
        break;
      }
      case 'node-added':
        box(entry).state = 'added';
        break;
      case 'node-removed':
        oldBox(entry).state = 'removed';
        break;
      case 'title-changed':
        note(box({ nodeId: entry.nodeId, nodeTitle: entry.to }), entry);
        break;
      case 'document-changed':
        note(box({ nodeId: 'the file', nodeTitle: 'The workflow' }), entry);
        break;
      default:
        note(box(entry), entry);
    }
  }
  const nodes = [...boxes.values()].map(({ name, title, state, lines }) => {
    const text = [`${title}${STATE_WORDS[state]}`, ...lines].map(escape).join('<br>');
    return `${name}["${text}"]:::${state}`;
  });
  return `flowchart LR\n${[...nodes, ...arrows, ...STYLES].map((line) => `  ${line}\n`).join('')}`;
}

const STATE_WORDS = { added: ' (new)', removed: ' (removed)', changed: '', touched: '' };

const STYLES = [
  'classDef added stroke:#2da44e,stroke-width:3px',
  'classDef removed stroke:#cf222e,stroke-dasharray:4',
  'classDef changed stroke:#bf8700,stroke-width:2px',
  'classDef touched stroke:#6e7781',
];

function linkLabel({
  from,
  to,
}: Extract<DiffEntry, { kind: 'link-added' | 'link-removed' }>): string {
  return `${from.output} to ${to.input}`;
}

function arrow(from: Box, line: string, label: string, to: Box): string {
  return `${from.name} ${line}|"${escape(label)}"| ${to.name}`;
}

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
