import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Check, Verdict } from '../../contract/run/run.schema.ts';
import type { DiffEntry, Problem } from '../../contract/workflow.schema.ts';
import { settingLabel } from '../workflow/view/setting-label.ts';
import type { WorkflowView } from '../workflow/view/view.ts';
import { checkChanges } from './check-changes.ts';
import { checkSilent } from './check-silent.ts';
import { type InspectedOutput, checkPictures, pictureCount, sizeText } from './check-pictures.ts';

/** A finished run and what it was meant to show. */
export interface VerifyRunInput {
  readonly view: WorkflowView;
  /** As it was sent. */
  readonly payload: JsonObject;
  /** What the artist accepted since the run before. */
  readonly acceptedDiff: readonly DiffEntry[];
  readonly outputs: readonly InspectedOutput[];
  /** True when every node came from ComfyUI's cache. */
  readonly fromCache: boolean;
  /** Outputs that the server dropped although it took the run. */
  readonly warnings: readonly Problem[];
}

/**
 * Checks a succeeded run against its intent: are the accepted values in the pictures' own record (or
 * in the payload), and are number, size and content of the pictures what the payload says?
 */
export function verifyRun(input: VerifyRunInput): Verdict {
  const { payload, acceptedDiff, outputs, view } = input;
  const changes = checkChanges(acceptedDiff, evidenceOf(outputs, payload), view);
  const checks: readonly Check[] = [
    ...changes,
    ...checkPictures(payload, outputs),
    // What ComfyUI refused is told in its own words.
    ...(input.warnings.length > 0 ? [] : checkSilent(payload, outputs, view)),
    ...input.warnings.map(toDroppedCheck),
    ...(input.fromCache ? [cacheCheck(changes)] : []),
  ];
  const unmet = checks.filter(({ outcome }) => outcome === 'not-met');
  return {
    outcome: unmet.length === 0 ? 'as-asked' : 'needs-attention',
    summary: summarise(input, unmet),
    checks: [...checks],
  };
}

/** A saved picture's record counts more than a preview's, and both more than what we sent. */
function evidenceOf(
  outputs: readonly InspectedOutput[],
  payload: JsonObject,
): { readonly ran: JsonObject; readonly isFromPicture: boolean } {
  const withRecord = outputs.filter(({ prompt }) => prompt !== undefined);
  const best = withRecord.find(({ output }) => output.folder === 'output') ?? withRecord[0];
  return best?.prompt === undefined
    ? { ran: payload, isFromPicture: false }
    : { ran: best.prompt, isFromPicture: true };
}

function toDroppedCheck({ message, nodeTitle, classType, nodeId }: Problem): Check {
  const title = nodeTitle ?? classType ?? `Node ${nodeId ?? '?'}`;
  return { what: `${title} took part`, outcome: 'not-met', detail: `${title}: ${message}` };
}

/** Handing back an earlier picture is right when nothing was changed that could make another. */
function cacheCheck(changes: readonly Check[]): Check {
  const what = 'Something new was rendered';
  const detail =
    'ComfyUI handed back its earlier result, because nothing that matters had changed.';
  return { what, outcome: changes.length === 0 ? 'unknown' : 'not-met', detail };
}

function summarise(input: VerifyRunInput, unmet: readonly Check[]): string {
  const made = describeMade(input);
  const [first] = unmet;
  if (first !== undefined) {
    const more = unmet.length > 1 ? ` ${String(unmet.length - 1)} more to look at.` : '';
    return `${made}, but not all is as asked: ${first.detail ?? `${first.what} does not hold.`}${more}`;
  }
  const settings = describeSettings(input.acceptedDiff);
  return `${made}${settings === '' ? '' : ` with ${settings}`}, as asked.`;
}

function describeMade({ outputs, fromCache }: VerifyRunInput): string {
  const verb = fromCache ? 'Handed back' : 'Rendered';
  const pictures = outputs.filter(({ output }) => output.kind === 'image');
  const saved = pictures.filter(({ output }) => output.folder === 'output');
  const counted = saved.length > 0 ? saved : pictures;
  if (counted.length === 0) {
    return outputs.length === 0 ? 'Finished' : `${verb} ${fileCount(outputs.length)}`;
  }
  const sizes = new Set(counted.map(({ facts }) => (facts === undefined ? '' : sizeText(facts))));
  const [only = ''] = sizes;
  const at = sizes.size === 1 && only !== '' ? ` at ${only}` : '';
  return `${verb} ${pictureCount(counted.length)}${at}`;
}

function fileCount(count: number): string {
  return count === 1 ? '1 result' : `${String(count)} results`;
}

const MAX_NAMED = 3;
/** Named by the size already. */
const SIZE_SETTINGS: readonly string[] = ['width', 'height', 'batch_size'];

function describeSettings(diff: readonly DiffEntry[]): string {
  const changed = diff.flatMap((entry) =>
    entry.kind === 'widget-changed' &&
    entry.to !== undefined &&
    !SIZE_SETTINGS.includes(entry.widget)
      ? [settingPhrase(entry.widget, entry.to)]
      : [],
  );
  const named = changed.slice(0, MAX_NAMED);
  const more = changed.length - named.length;
  const parts = more > 0 ? [...named, `${String(more)} more`] : named;
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** "30 steps", "CFG 7.5", "the new text". */
function settingPhrase(widget: string, value: JsonValue): string {
  const label = settingLabel(widget);
  if (widget === 'text' || (typeof value === 'object' && value !== null)) {
    return `the new ${label.toLowerCase()}`;
  }
  if (widget === 'steps') return `${String(value)} steps`;
  const isName = /^[A-Z][a-z ]+$/.test(label);
  return `${isName ? label.toLowerCase() : label} ${String(value)}`;
}
