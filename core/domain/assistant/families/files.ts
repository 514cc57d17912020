import { type Clause, typedPart } from '../reading/clause.ts';
import { type Outcome, ask, call } from '../plan.ts';
import type { PlanContext } from '../plan.ts';
import { matchChoice } from '../scene/match-choice.ts';
import { orList } from '../replying/wording.ts';

const SAVE =
  /^(?:save|save (?:it|this|that|the (?:workflow|graph|file|changes)|my (?:work|changes|workflow)|changes|workflow))(?: now)?$/;
const SAVE_AS =
  /^(?:save|export|write)(?: (?:it|this|that|a copy|a copy of (?:it|this)|the (?:workflow|graph|file)|workflow|out))*(?: (?:as|to|under|into|in)| called| named) (?:a (?:new )?file (?:called |named )?)?(?<path>.+)$/ds;
const SAVE_AS_WHAT = /^(?:save as|save a copy|save (?:it |this )?under (?:a|another) name)$/;
const LOAD =
  /^(?:open|load|read|import|bring up)(?: up)? (?:the )?(?:file |workflow |graph )?(?<path>\S.*\.(?:json|png|webp))$/ds;
const TEMPLATE =
  /^(?:open|load|use|start(?: (?:from|with|off with))?|give me|new workflow from|begin with|switch to|get)(?: (?:the|a|an|me|up))*\s?(?<name>.*?)\s?(?:templates?|starters?)(?: workflow)?$/;
const TEMPLATE_CALLED =
  /^(?:open|load|use|start from|start with) (?:the )?(?:template|starter) (?:called |named )?(?<name>.+)$/;
const TEMPLATES =
  /^(?:(?:which|what) (?:templates|starters)(?: (?:are there|do you have|have you got|can i use))?|(?:list|show)(?: me)?(?: the| all)? (?:templates|starters)|templates)$/;
const START_FROM =
  /^(?:start from|start with|start a|begin with|new) (?:the |an? |from )?(?:new )?(?<name>.+?)(?: (?:template|workflow|graph))?$/;

/** Saves and opens workflows, and starts from a template. */
export function planFiles(clause: Clause, context: PlanContext): Outcome | undefined {
  const { plain } = clause;
  const hasWorkflow = context.document !== null;
  if (SAVE.test(plain)) return hasWorkflow ? planSave(context) : nothingToSave();
  if (SAVE_AS_WHAT.test(plain))
    return ask('Save it as what?', [`save as ${suggestedName(context)}`]);
  const path = typed(clause, SAVE_AS);
  if (path !== undefined)
    return hasWorkflow
      ? call('save_workflow', { output_path: withExtension(path) })
      : nothingToSave();
  const load = typed(clause, LOAD);
  if (load !== undefined) return call('load_workflow', { path: load });
  if (TEMPLATES.test(plain)) return call('list_workflow_templates', {});
  const wanted = (TEMPLATE.exec(plain) ?? TEMPLATE_CALLED.exec(plain))?.groups?.['name'];
  if (wanted !== undefined) return openTemplate(wanted, context, true);
  const start = START_FROM.exec(plain)?.groups?.['name'];
  return start === undefined ? undefined : openTemplate(start, context, false);
}

function typed(clause: Clause, pattern: RegExp): string | undefined {
  const match = pattern.exec(clause.plain);
  return match === null ? undefined : typedPart(clause, match, 'path');
}

function planSave(context: PlanContext): Outcome {
  const path = context.session.workflow?.path ?? null;
  if (path !== null) return call('save_workflow', {});
  return ask('This workflow has no file yet. Save it as what?', [
    `save as ${suggestedName(context)}`,
  ]);
}

function suggestedName(context: PlanContext): string {
  const name = context.session.workflow?.name ?? 'workflow';
  const bare = name
    .replace(/\.json$/i, '')
    .replaceAll(/[^\p{L}\d]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return `${bare === '' ? 'workflow' : bare}-v2.json`;
}

function nothingToSave(): Outcome {
  return ask('No workflow is open, so there is nothing to save.', ['open a template']);
}

function withExtension(path: string): string {
  return /\.\w{2,5}$/.test(path) ? path : `${path}.json`;
}

function openTemplate(
  wanted: string,
  context: PlanContext,
  isTemplate: boolean,
): Outcome | undefined {
  const templates = context.templates ?? [];
  if (templates.length === 0)
    return isTemplate ? ask('There are no templates here.', []) : undefined;
  const offers = templates.slice(0, 6).map((template) => `open the ${template.name} template`);
  if (wanted === '')
    return ask(
      `Which template? There is ${orList(templates.map((template) => template.title))}.`,
      offers,
    );
  for (const names of [
    templates.map((template) => template.name),
    templates.map((template) => template.title),
  ]) {
    const found = matchChoice(wanted, names);
    if (found.kind === 'one')
      return call('get_workflow_template', {
        template: templates[names.indexOf(found.choice)]?.name ?? found.choice,
      });
    if (found.kind === 'several')
      return ask(
        `“${wanted}” fits more than one template: ${orList(found.choices)}?`,
        found.choices.map(
          (name) => `open the ${templates[names.indexOf(name)]?.name ?? name} template`,
        ),
      );
  }
  return isTemplate
    ? ask(
        `There is no template called “${wanted}”. There is ${orList(templates.map((template) => template.title))}.`,
        offers,
      )
    : undefined;
}
