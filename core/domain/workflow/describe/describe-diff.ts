import { type JsonValue } from '../../../base/json.ts';
import { assertNever } from '../../../base/result.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { describeValue, isPlainWord, quoteShort } from '../diff/describe/describe-value.ts';
import { diffText } from '../diff/describe/diff-text.ts';
import { foldDiff } from '../diff/describe/fold-diff.ts';
import { settingLabel } from '../view/setting-label.ts';

/** One change in an artist's words, without a full stop: "Steps 20 → 30 on KSampler". */
export function describeDiffEntry(entry: DiffEntry): string {
  switch (entry.kind) {
    case 'node-added':
      return `Added ${entry.nodeTitle}`;
    case 'node-removed':
      return `Removed ${entry.nodeTitle}`;
    case 'node-replaced':
      return `Replaced ${entry.from} with ${entry.to}`;
    case 'widget-changed':
      return describeSetting(settingLabel(entry.widget), entry.from, entry.to, entry.nodeTitle);
    case 'link-added':
      return `Connected ${entry.from.output} of ${entry.from.nodeTitle} to ${entry.to.input} of ${entry.to.nodeTitle}`;
    case 'link-removed':
      return `Disconnected ${entry.from.output} of ${entry.from.nodeTitle} from ${entry.to.input} of ${entry.to.nodeTitle}`;
    case 'mode-changed':
      if (entry.to === 'active') return `Switched ${entry.nodeTitle} back on`;
      return `${entry.to === 'muted' ? 'Muted' : 'Bypassed'} ${entry.nodeTitle}`;
    case 'title-changed':
      return `Renamed ${entry.from} to ${entry.to}`;
    case 'node-moved':
      return `Moved ${entry.nodeTitle}`;
    case 'document-changed':
      return entry.key === 'groups'
        ? 'Changed the frames behind the nodes'
        : `Changed "${entry.key.replace(/^extra\./, '')}" in the workflow's notes`;
    default:
      return assertNever(entry);
  }
}

/**
 * All changes as sentences for one list: what follows from another change is left out (links of removed
 * nodes), width and height become one size, and nodes that share a title get their number.
 */
export function describeDiff(entries: readonly DiffEntry[]): string[] {
  return foldDiff(entries).map((folded) => {
    if (folded.kind === 'entry') return describeDiffEntry(folded.entry);
    if (folded.kind === 'rewired') {
      const { from } = folded.removed;
      return `${describeDiffEntry(folded.added)}, instead of ${from.output} of ${from.nodeTitle}`;
    }
    const size = (side: 'from' | 'to'): string =>
      `${describeValue(folded.width[side])} × ${describeValue(folded.height[side])}`;
    return `Size ${size('from')} → ${size('to')} on ${folded.width.nodeTitle}`;
  });
}

function describeSetting(
  label: string,
  from: JsonValue | undefined,
  to: JsonValue | undefined,
  title: string,
): string {
  if (from === undefined) return `${label} set to ${describeValue(to)} on ${title}`;
  if (to === undefined) return `${label} ${describeValue(from)} removed from ${title}`;
  if (typeof from === 'string' && typeof to === 'string') {
    if (to === '') return `${label} cleared on ${title}`;
    if (!isPlainWord(from) || !isPlainWord(to)) {
      return `${label} on ${title}: ${describeTextChange(from, to)}`;
    }
  }
  return `${label} ${describeValue(from)} → ${describeValue(to)} on ${title}`;
}

function describeTextChange(from: string, to: string): string {
  const changes = diffText(from, to);
  if (changes.length === 0) return 'spacing changed';
  const shown = changes.slice(0, 3).map(({ removed, added }) => {
    if (removed === '') return `added ${quoteShort(added)}`;
    if (added === '') return `removed ${quoteShort(removed)}`;
    return `${quoteShort(removed)} → ${quoteShort(added)}`;
  });
  const more = changes.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${String(more)} more` : '');
}
