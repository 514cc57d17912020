import type { OpenWorkflow, SessionState } from '../../../contract/session.schema.ts';
import { allEntries, currentEntryId, pathTo } from '../../session/history-tree.ts';
import { type Clause, typedPart } from '../reading/clause.ts';
import { type Outcome, answer, call } from '../plan.ts';

// With an article or "this": "set checkpoint to x" is about the model.
const SET =
  /^(?:(?:set|add|make|create|drop|put(?: in)?|leave)(?: me)? an? (?:named )?checkpoint(?: here)?|checkpoint (?:this|it|here)|(?:remember|mark) this(?: (?:state|version|look|point|place))?)(?:,? (?:as|called|named)|:)?(?: (?<name>.+))?$/d;
const LIST =
  /^(?:(?:show|list|see)(?: me)? |what |which |are there (?:any )?)?(?:(?:the|my|all|all the|all my) )?(?:checkpoints?|branch(?:es)?|history|checkpoints and branches)(?: (?:are there|do i have|have i set|is there))?$/;
const GO =
  /^(?:go|jump|switch|return|get|take me|bring me)(?: back)? to (?:the )?(?:(?<kind>checkpoint|branch) )?(?<name>.+)$/d;

/** At most this many of each are offered. */
const MOST_OFFERED = 4;

/** Named states of the workflow and branches that were left: setting, listing, going back. */
export function planCheckpoints(clause: Clause, { workflow }: SessionState): Outcome | undefined {
  if (workflow === null) return undefined;
  const { checkpoints = [] } = workflow;
  const set = SET.exec(clause.plain);
  if (set !== null) {
    const name = typedPart(clause, set, 'name') ?? `Checkpoint ${String(checkpoints.length + 1)}`;
    return call('add_checkpoint', { name: name.slice(0, 80) });
  }
  // Until one was set, "list checkpoints" asks for the models of that name.
  const isMeant = checkpoints.length > 0 || /\b(?:my|branch(?:es)?|history)\b/.test(clause.plain);
  if (LIST.test(clause.plain)) return isMeant ? list(workflow) : undefined;
  const go = GO.exec(clause.plain);
  const wanted = go === null ? undefined : typedPart(clause, go, 'name');
  if (wanted === undefined) return undefined;
  if (go?.groups?.['kind'] === 'branch') {
    const isThere = allEntries(workflow).some(({ entryId }) => entryId === wanted);
    return isThere ? call('go_to_checkpoint', { checkpoint: wanted }) : list(workflow);
  }
  const named = checkpoints.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  return named === undefined ? undefined : call('go_to_checkpoint', { checkpoint: named.name });
}

function list(workflow: OpenWorkflow): Outcome {
  const { checkpoints = [], branches = [] } = workflow;
  const entries = allEntries(workflow);
  const parents = new Set(entries.map(({ parentId }) => parentId));
  const ends = branches.filter(({ entryId }) => !parents.has(entryId));
  if (checkpoints.length + ends.length === 0) {
    return answer(
      'No state of this workflow has a name yet, and nothing that was undone was left aside.',
      ['checkpoint this as approved look'],
    );
  }
  const here = currentEntryId(workflow);
  const pathOf = (entryId: string): string => {
    const labels = (pathTo(entryId, entries) ?? []).map(({ label }) => label);
    return labels.length === 0 ? 'as it was opened' : labels.slice(-3).join('; ');
  };
  return answer(
    [
      ...checkpoints.map(
        ({ name, entryId }) =>
          `- ${name}${entryId === here ? ' (you are here)' : ''}: ${pathOf(entryId)}`,
      ),
      ...ends.map(
        ({ entryId }) =>
          `- branch ${entryId}, left when something else was done: ${pathOf(entryId)}`,
      ),
    ].join('\n'),
    [
      ...checkpoints
        .filter(({ entryId }) => entryId !== here)
        .slice(-MOST_OFFERED)
        .map(({ name }) => `go back to ${name}`),
      ...ends.slice(-MOST_OFFERED).map(({ entryId }) => `go to branch ${entryId}`),
    ],
  );
}
