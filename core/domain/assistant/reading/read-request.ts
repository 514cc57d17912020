import type { Clause, Family } from './clause.ts';
import { planAddLora } from '../families/adding/add-lora.ts';
import { planAddNode } from '../families/adding/add-node.ts';
import { planAddSecondPass } from '../families/adding/add-second-pass.ts';
import { planAddUpscale } from '../families/adding/add-upscale.ts';
import { planChoices } from '../families/choices/choices.ts';
import { planExplain } from '../families/explain.ts';
import { planFiles } from '../families/files.ts';
import { planCheckpoints } from '../families/checkpoints.ts';
import { planHistory } from '../families/history.ts';
import { planRunning } from '../families/running.ts';
import { planSeed } from '../families/values/seed.ts';
import { planSize } from '../families/values/size.ts';
import { planStructure } from '../families/structure.ts';
import { planTexts } from '../families/texts.ts';
import { planWedge } from '../families/values/wedge.ts';
import { planOutputName } from '../families/choices/other-lists.ts';
import { planValues } from '../families/values/values.ts';
import { type Outcome, type PlanContext, ask } from '../plan.ts';
import type { Progress } from '../replying/progress.ts';
import type { Scene } from '../scene/scene.ts';
import { type Segment, withoutCourtesies } from './split-requests.ts';
import { readWords } from '../words/read-words.ts';

/** In this order; the first that knows every word of a request takes it. */
const EDITS: readonly Family[] = [
  planWedge,
  planTexts,
  planSeed,
  planAddSecondPass,
  planAddUpscale,
  planAddLora,
  planSize,
  planValues,
  planOutputName,
  planStructure,
  planChoices,
  planAddNode,
];

/** Segments `at` to `until` as one request; `lead` is the verb of the request before, where it holds for this one too. */
export function readClause(
  segments: readonly Segment[],
  at: number,
  until: number,
  state: Progress,
  lead = '',
): Clause {
  const start = segments[at]?.start ?? 0;
  const raw = state.text.slice(start, segments[until - 1]?.end);
  const range = withoutCourtesies(raw);
  const typed = lead + raw.slice(range.start, range.end);
  return readTyped(typed, state);
}

/** Words of a message as a request. */
export function readTyped(typed: string, state: Progress): Clause {
  const reading = readWords(withIdsOnly(typed, state.scene), state.scene?.ownWords ?? new Set());
  return {
    typed,
    plain: reading.plain,
    reading,
    chance: state.chance,
    ...(state.previousSetting === undefined ? {} : { previousSetting: state.previousSetting }),
  };
}

/** "KSampler #3" is node 3 whatever words its title has, so that our own offers are read back as they were meant. */
function withIdsOnly(typed: string, scene: Scene | undefined): string {
  if (scene === undefined || !typed.includes('#')) return typed;
  return scene.nodes.reduce((text, node) => {
    const name = `${node.title} #${node.id}`;
    const at = text.toLowerCase().indexOf(name.toLowerCase());
    const isWhole = at >= 0 && !/[\d:]/.test(text.charAt(at + name.length));
    return isWhole ? `${text.slice(0, at)}#${node.id}${text.slice(at + name.length)}` : text;
  }, typed);
}

const NEEDS_WORKFLOW =
  /^(?:execute|render|validate|explain_workflow|get_editable|get_workflow_diff|save|undo|redo|reset)/;

/** What the first family that knows every word makes of a request; undefined: none does. */
export function readRequest(clause: Clause, state: Progress): readonly Outcome[] | undefined {
  const { context, scene } = state;
  const found =
    single(planRunning(clause.plain, context.session)) ??
    single(planCheckpoints(clause, context.session)) ??
    planHistory(clause.plain, context.session) ??
    single(planFiles(clause, context)) ??
    single(planExplain(clause, scene, context));
  if (scene === undefined) {
    const needsOne =
      found?.some((each) => each.kind === 'call' && NEEDS_WORKFLOW.test(each.call.name)) ?? true;
    return needsOne ? [askForWorkflow(context)] : found;
  }
  if (found !== undefined) return found;
  for (const family of EDITS) {
    const outcome = family(clause, scene);
    if (outcome !== undefined) return [outcome];
  }
  return undefined;
}

function single(outcome: Outcome | undefined): readonly Outcome[] | undefined {
  return outcome === undefined ? undefined : [outcome];
}

/** Asks to open a workflow first. */
function askForWorkflow(context: PlanContext): Outcome {
  const templates = (context.templates ?? []).slice(0, 4);
  return ask(
    'No workflow is open yet. Open one, or start from a template.',
    templates.length === 0
      ? ['help']
      : templates.map((template) => `open the ${template.name} template`),
  );
}
