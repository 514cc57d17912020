import type { Judged, OracleSummary, ReportedDifference } from './judge-row.ts';

/** Every explained difference on a page of its own, one row each, under its reason. */
export function listDifferences(rows: readonly Judged[], summary: OracleSummary): string {
  const found = rows.flatMap(({ name, explained }) => explained.map((each) => ({ name, each })));
  const sections = Object.keys(summary.reasons).map((reason) => {
    const lines = found
      .filter(({ each }) => each.because === reason)
      .map(({ name, each }) => tableRow(name, each));
    return [`## ${capitalise(reason)}`, '', `${String(lines.length)} of them.`, '', HEAD, ...lines];
  });
  return `${[
    '# Where a page and we are meant to differ',
    '',
    `${String(summary.compared)} workflows were compared: ${String(summary.same)} the same to the letter, ` +
      `${String(summary.explained)} with explained differences, ${String(summary.different)} with others.`,
    '',
    ...sections.flatMap((lines) => [...lines, '']),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

const HEAD = '| Workflow | Where | The page | Ours | Looked at |\n| --- | --- | --- | --- | --- |';

function tableRow(name: string, { where, page, ours, lookedAt }: ReportedDifference): string {
  const cells = [name, where, page, ours, lookedAt?.join(', ') ?? ''];
  return `| ${cells.map(toCell).join(' | ')} |`;
}

function toCell(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return short.replace(/\s+/g, ' ').replace(/[|<`*_[\]\\]/g, (mark) => `\\${mark}`);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
