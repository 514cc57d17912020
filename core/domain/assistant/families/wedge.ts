import type { Clause } from '../reading/clause.ts';
import { shown } from '../reading/change-value.ts';
import { type Outcome, ask } from '../plan.ts';
import type { Scene } from '../scene/scene.ts';
import { nodesWith, settingsOf } from '../reading/settings.ts';

const WEDGE =
  /^(?:wedge|sweep|bracket)(?: out)? (?:the )?(?<setting>[a-z ]+?)(?: (?:from|at|over|between|across|with))?:? (?<values>[\d.].*)$/;
const RANGE = /^(?<from>[\d.]+)\s*(?:-|–|to|and|\.\.)\s*(?<to>[\d.]+)$/;

/** "Wedge cfg 4, 6, 8": one value goes into a change at a time, so it asks with which to begin. */
export function planWedge(clause: Clause, scene: Scene): Outcome | undefined {
  const groups = WEDGE.exec(clause.plain)?.groups;
  const concept = settingsOf(scene).find((each) =>
    each.aliases.includes(groups?.['setting'] ?? ''),
  );
  if (groups === undefined || concept === undefined || nodesWith(concept, scene).length === 0)
    return undefined;
  const values = readValues(groups['values'] ?? '');
  if (values.length === 0) return undefined;
  return ask(
    `I render one value of ${concept.label} at a time. Which one first?`,
    values.slice(0, 4).map((value) => `set ${concept.key} to ${shown(value)} and render`),
  );
}

function readValues(text: string): readonly number[] {
  const range = RANGE.exec(text.trim())?.groups;
  if (range !== undefined) {
    const [from, to] = [Number(range['from']), Number(range['to'])];
    return [from, Number(((from + to) / 2).toFixed(2)), to];
  }
  const values = text.split(/\s*(?:,|\band\b|\/|\s)\s*/).map(Number);
  return values.every((value) => Number.isFinite(value)) ? values : [];
}
