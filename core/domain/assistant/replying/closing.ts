import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type AppError, AppErrorSchema } from '../../../contract/errors.ts';
import { shown } from '../reading/change-value.ts';
import { settingLabel } from '../../workflow/view/setting-label.ts';
import { inSentence } from './wording.ts';
import { artistMessage } from '../../errors/artist-message.ts';

/** What became of one call of a plan. */
export interface CallResult {
  readonly name: string;
  readonly result:
    | { readonly ok: true; readonly output: JsonValue }
    | { readonly ok: false; readonly error: AppError };
}

/** True when the rest of the plan may follow: a change that was turned down ends it, and so does a failure. */
export function mayGoOn({ name, result }: CallResult): boolean {
  if (!result.ok) return false;
  const isProposal = name === 'apply_workflow_patch' || name === 'propose_fix';
  return !isProposal || textOf(result.output, 'status') === 'applied';
}

/** The closing sentence of a turn, from what its calls came to; `left` is how many calls were not made. */
export function describeResults(results: readonly CallResult[], left: number): string {
  const told = results.map(describeResult).filter((text) => text !== '');
  const stopped = results.at(-1);
  if (left > 0 && stopped !== undefined && !mayGoOn(stopped)) told.push('I did nothing more.');
  return told.join(' ');
}

/** Things to say after a failure, where the failure names them. */
export function offersAfter(results: readonly CallResult[]): readonly string[] {
  const last = results.at(-1);
  if (last === undefined || last.result.ok) return [];
  const { error } = last.result;
  if (error.code !== 'workflow/unknown-template') return [];
  return error.data.known.slice(0, 6).map((name) => `open the ${name} template`);
}

function describeResult({ name, result }: CallResult): string {
  if (!result.ok) {
    const { title, body } = artistMessage(result.error);
    return `${withStop(title)} ${body}`;
  }
  const output = isJsonObject(result.output) ? result.output : {};
  return Object.hasOwn(DESCRIBERS, name) ? (DESCRIBERS[name]?.(output) ?? '') : '';
}

const DESCRIBERS: Readonly<Record<string, (output: JsonObject) => string>> = {
  apply_workflow_patch: describeApplied,
  propose_fix: describeApplied,
  forecast_vram: (output) => textsOf(output, 'lines').join(' '),
  find_missing: (output) => textsOf(output, 'lines').join('\n'),
  execute_with_progress: describeRuns,
  get_execution_status: (output) => describeRun(output),
  interrupt: (output) =>
    listOf(output, 'runs').length === 0 ? 'Nothing was running.' : 'Stopped.',
  explain_workflow: (output) => textsOf(output, 'lines').join('\n'),
  explain_last_error: (output) =>
    [
      withStop(textOf(output, 'title')),
      textOf(output, 'body'),
      ...textsOf(output, 'nextSteps').map(withStop),
    ]
      .filter((part) => part !== '')
      .join(' '),
  get_workflow_diff: (output) => {
    const changes = textsOf(output, 'changes');
    return changes.length === 0
      ? 'Nothing has changed since it was opened.'
      : `Changed since it was opened: ${changes.join('; ')}.`;
  },
  undo_workflow_patch: (output) =>
    textOf(output, 'undone') === '' ? 'Undone.' : `Undone: ${withStop(textOf(output, 'undone'))}`,
  redo: () => 'Done again.',
  add_checkpoint: (output) =>
    `Remembered. “Go back to ${textOf(output, 'name')}” brings this state back, whatever is changed or undone meanwhile.`,
  go_to_checkpoint: () => 'The workflow is as it was then. What you left stays as a branch.',
  reset_workflow: () => 'The workflow is back to how it was opened.',
  save_workflow: (output) => `Saved to ${textOf(output, 'path')}.`,
  validate_workflow: (output) => {
    const problems = listOf(output, 'problems').map((problem) => textOf(problem, 'message'));
    return problems.length === 0 ? 'Nothing is missing.' : problems.map(withStop).join(' ');
  },
  validate_before_execute: (output) => {
    const bad = listOf(output, 'checks').filter(
      (check) => isJsonObject(check) && check['isGood'] === false,
    );
    return bad.length === 0
      ? 'Everything is ready to run.'
      : `Not ready yet: ${bad.map((check) => textOf(check, 'detail')).join('; ')}.`;
  },
  list_models: (output) => {
    const models = textsOf(output, 'models');
    return models.length === 0
      ? 'There are none installed.'
      : `Installed: ${models.slice(0, 30).join(', ')}${models.length > 30 ? ` and ${String(models.length - 30)} more` : ''}.`;
  },
  list_workflow_templates: (output) =>
    listOf(output, 'templates')
      .map((each) => `${textOf(each, 'name')}: ${textOf(each, 'title')}`)
      .join('\n'),
  get_editable_fields: describeFields,
  get_node_info: (output) => {
    const settings = listOf(output, 'inputs').filter(
      (input) => isJsonObject(input) && input['isSetting'] === true,
    );
    const names = settings.map((input) => inSentence(settingLabel(textOf(input, 'name'))));
    return [
      withStop(textOf(output, 'description')),
      names.length === 0 ? '' : `Its settings: ${names.join(', ')}.`,
    ]
      .filter((part) => part !== '')
      .join(' ');
  },
};

function describeApplied(output: JsonObject): string {
  const status = textOf(output, 'status');
  if (status === 'applied') {
    const applied = Number(output['appliedOps'] ?? 0);
    const proposed = Number(output['proposedOps'] ?? 0);
    return applied < proposed
      ? `Changed what you accepted: ${textsOf(output, 'changes').join('; ')}.`
      : 'Done.';
  }
  if (status === 'stale') return 'The workflow changed in the meantime, so this was not applied.';
  return 'Left as it was.';
}

function describeRuns(output: JsonObject): string {
  const runs = listOf(output, 'runs');
  const told = runs.length > 3 ? [tally(runs)] : runs.map(describeRun);
  const notStarted = output['notStarted'];
  if (isJsonObject(notStarted))
    told.push(`${shown(notStarted['count'])} more could not be started.`);
  return told.join(' ');
}

function tally(runs: readonly JsonValue[]): string {
  const good = runs.filter((run) => textOf(run, 'status') === 'verified').length;
  const rest = runs.length - good;
  return `${String(runs.length)} runs: ${String(good)} as asked${rest > 0 ? `, ${String(rest)} to look at` : ''}.`;
}

function describeRun(run: JsonValue): string {
  if (!isJsonObject(run)) return '';
  const failure = AppErrorSchema.safeParse(run['failure']);
  if (failure.success) {
    const { title, body } = artistMessage(failure.data);
    return `${withStop(title)} ${body}`;
  }
  const { verdict, durationMs, status } = run;
  const time = typeof durationMs === 'number' ? ` in ${(durationMs / 1000).toFixed(1)} s` : '';
  const line = textOf(run, 'line');
  if (isJsonObject(verdict)) {
    const summary = withStop(textOf(verdict, 'summary'));
    // What came from the cache was not rendered, and the summary says so.
    if (run['fromCache'] === true) return summary;
    return `${withStop(line === '' ? `Rendered${time}` : line)} ${summary}`;
  }
  const words: Readonly<Record<string, string>> = {
    queued: 'It is waiting in the queue.',
    running: 'It is rendering.',
    cancelled: 'It was stopped.',
    succeeded: `Rendered${time}.`,
    proposed: 'It waits for your go.',
  };
  return words[shown(status)] ?? '';
}

function describeFields(output: JsonObject): string {
  const lines = listOf(output, 'nodes')
    .slice(0, 12)
    .map((node) => {
      const fields = isJsonObject(node) ? listOf(node, 'fields') : [];
      return `${textOf(node, 'nodeTitle')}: ${fields.map((field) => inSentence(settingLabel(textOf(field, 'name')))).join(', ')}`;
    });
  return lines.length === 0 ? 'This workflow has no settings.' : lines.join('\n');
}

function textOf(value: JsonValue, key: string): string {
  const text = isJsonObject(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : '';
}

function textsOf(output: JsonObject, key: string): readonly string[] {
  return listOf(output, key).filter((item) => typeof item === 'string');
}

function listOf(output: JsonObject, key: string): readonly JsonValue[] {
  const list = output[key];
  return list !== undefined && isJsonArray(list) ? list : [];
}

function withStop(text: string): string {
  return text === '' || /[.!?…]”?$/.test(text) ? text : `${text}.`;
}
