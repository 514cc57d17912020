import type { NodeView } from '../../workflow/view/view.ts';
import { type Outcome, ask } from '../plan.ts';
import type { Scene } from '../scene/scene.ts';

/** How a suggestion names a node so that it is found again whatever its title. */
export function refer(node: NodeView): string {
  return `${node.title} #${node.id}`;
}

/** Asks which of several nodes is meant; each offer repeats the request with one of them, the last with all. */
export function askWhich(
  what: string,
  request: string,
  nodes: readonly NodeView[],
  scene: Scene,
): Outcome {
  const listed = nodes.map((node) => scene.label(node));
  const offers = nodes.slice(0, 5).map((node) => `${request} on ${refer(node)}`);
  return ask(`${what}: ${orList(listed)}?`, [
    ...offers,
    `${request} on ${nodes.length === 2 ? 'both' : 'all'}`,
  ]);
}

/** "a, b or c". */
export function orList(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`;
}

/** "Steps" → "steps", "CFG" stays. */
export function inSentence(label: string): string {
  return /^[A-Z][^A-Z]*$/.test(label) ? label.toLowerCase() : label;
}

/** The request without the words that name a node, so that another can be put in. */
export function withoutWords(text: string, words: string): string {
  const at = words === '' ? -1 : text.toLowerCase().lastIndexOf(words);
  if (at < 0) return text;
  const before = text.slice(0, at).replace(/\s+(?:on|for|of|in|at)(?:\s+the)?\s*$/i, '');
  return `${before} ${text.slice(at + words.length)}`.trim();
}
