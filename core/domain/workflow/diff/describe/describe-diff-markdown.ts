import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { describeDiff } from '../../describe/describe-diff.ts';

/** All changes as a Markdown list under one line that counts them, for a pull request or a wiki. */
export function describeDiffMarkdown(entries: readonly DiffEntry[]): string {
  const changes = describeDiff(entries);
  if (changes.length === 0) return 'No difference that matters.\n';
  const count = `**${String(changes.length)} ${changes.length === 1 ? 'change' : 'changes'}**`;
  return `${count}\n\n${changes.map((change) => `- ${escapeMarkdown(change)}`).join('\n')}\n`;
}

/** Names and values are nobody's formatting: what Markdown or HTML would read as such is escaped. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/\s+/g, ' ');
}
