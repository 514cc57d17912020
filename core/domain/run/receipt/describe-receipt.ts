import { stringifyExactJson } from '../../../base/exact-json.ts';
import type { Receipt, ReceiptModel, ReceiptOutput } from '../../../contract/run/receipt.schema.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import { artistMessage } from '../../errors/artist-message.ts';

/** A part of a receipt in words; `rows` without a name are sentences of their own. */
export interface ReceiptSection {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly text: string }[];
}

/** A receipt for an artist to read; empty parts are left out. */
export function describeReceipt(receipt: Receipt): readonly ReceiptSection[] {
  const { asked, since, changes, seeds, models, inputs, outputs, timings, gaps } = receipt;
  const { by, releasedBy, message } = asked;
  const who = by.role === 'artist' ? `the artist, in the ${by.name}` : by.name;
  const sections: readonly ReceiptSection[] = [
    {
      title: 'Asked',
      rows: [
        row('By', releasedBy === undefined ? who : `${who}, let go in the ${releasedBy}`),
        ...(message === null ? [] : [row('Message', `“${message}”`)]),
        row('Workflow', describeWorkflow(receipt)),
      ],
    },
    { title: 'Changed since the run before', rows: since.map(sentence) },
    {
      title: 'Accepted changes',
      rows: changes.map(({ intent, words }) => row(intent, words.join('; '))),
    },
    {
      title: 'Seeds',
      rows: seeds.map(({ nodeTitle, setting, value }) =>
        row(`${nodeTitle} · ${setting}`, stringifyExactJson(value)),
      ),
    },
    { title: 'Models', rows: models.map(describeModel) },
    {
      title: 'Inputs',
      rows: inputs.map(({ filename, bytes, sha256 }) =>
        row(filename, [...sizeOf(bytes), ...shortHash(sha256)].join(' · ') || 'not read'),
      ),
    },
    { title: 'Result', rows: [...describeEnd(receipt), ...outputs.map(describeOutput)] },
    { title: 'ComfyUI', rows: describeServer(receipt) },
    {
      title: 'Time',
      rows: [
        ...(timings.queuedAt === undefined ? [] : [row('Queued', toDate(timings.queuedAt))]),
        ...(timings.startedAt === undefined ? [] : [row('Started', toDate(timings.startedAt))]),
        ...(timings.endedAt === undefined ? [] : [row('Ended', toDate(timings.endedAt))]),
        ...timings.nodes
          .toSorted((a, b) => b.ms - a.ms)
          .slice(0, MOST_NODES)
          .map(({ nodeTitle, ms }) => row(nodeTitle, `${(ms / 1000).toFixed(1)} s`)),
      ],
    },
    { title: 'Not known', rows: gaps.map(sentence) },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** The same as plain text, to copy or to print. */
export function receiptText(receipt: Receipt): string {
  const lines = describeReceipt(receipt).flatMap(({ title, rows }) => [
    title,
    ...rows.map(({ name, text }) => (name === '' ? `  ${text}` : `  ${name}: ${text}`)),
  ]);
  return [`Receipt of ${receipt.label}`, ...lines].join('\n');
}

/** What the file of a run's receipt is called: after its first result, else after the run. */
export function receiptFileName({ outputs, promptId }: Pick<Run, 'outputs' | 'promptId'>): string {
  const kept = outputs.find(({ folder, filename }) => folder === 'output' && filename !== '');
  // The name comes from the server: only its last part may decide what the file is called.
  const name = kept?.filename.split(/[\\/]/).at(-1) ?? promptId;
  return `${name.replace(/\.[^.]*$/, '')}.receipt.json`;
}

const MOST_NODES = 8;

function row(name: string, text: string): ReceiptSection['rows'][number] {
  return { name, text };
}

function sentence(text: string): ReceiptSection['rows'][number] {
  return { name: '', text };
}

function describeWorkflow({ workflow: { name, revision }, payload }: Receipt): string {
  const digest = payload.digest === null ? [] : [`fingerprint ${payload.digest.slice(0, 12)}…`];
  return [name ?? 'no name', `revision ${String(revision)}`, ...digest].join(' · ');
}

function describeModel(model: ReceiptModel): ReceiptSection['rows'][number] {
  const { name, folder, bytes, sha256, hash, family, precision } = model;
  const known = [
    ...(folder === null ? [] : [folder]),
    ...(family === undefined ? [] : [family]),
    ...(precision === undefined ? [] : [precision]),
    ...sizeOf(bytes),
    ...shortHash(sha256),
    ...(hash === 'pending' ? ['fingerprint still being worked out'] : []),
    ...(hash === 'unreadable' ? ['file not readable from here'] : []),
  ];
  return row(name, known.join(' · '));
}

function describeOutput(output: ReceiptOutput): ReceiptSection['rows'][number] {
  const { kind, nodeTitle, filename, folder, width, height, bytes, sha256, text } = output;
  if (kind === 'text') return row(nodeTitle, text ?? '');
  const size =
    width === undefined || height === undefined ? [] : [`${String(width)} × ${String(height)}`];
  const known = [...size, ...sizeOf(bytes), ...shortHash(sha256)];
  const preview = folder === 'temp' ? ['preview, not kept by ComfyUI'] : [];
  return row(filename, [...known, ...preview].join(' · ') || 'not read');
}

function describeEnd({
  verdict,
  failure,
  status,
  machineLine,
  cached,
}: Receipt): ReceiptSection['rows'] {
  const words = failure === undefined ? undefined : artistMessage(failure);
  return [
    ...(verdict === undefined ? [] : [sentence(verdict.summary)]),
    ...(words === undefined ? [] : [sentence(`${words.title}. ${words.body}`)]),
    ...(verdict === undefined && words === undefined ? [sentence(endWords[status])] : []),
    ...(machineLine === undefined ? [] : [sentence(machineLine)]),
    ...(cached.length === 0
      ? []
      : [row('Not worked out again', cached.map(({ nodeTitle }) => nodeTitle).join(', '))]),
  ];
}

const endWords: Readonly<Record<Receipt['status'], string>> = {
  proposed: 'Not sent yet.',
  queued: 'Waiting in the queue.',
  running: 'Rendering.',
  succeeded: 'Rendered, not checked yet.',
  verified: 'Rendered, as asked.',
  'needs-attention': 'Rendered, and needs a look.',
  failed: 'It failed.',
  cancelled: 'Stopped before it was finished.',
  unclear: 'It is not known how it ended.',
};

function describeServer({ server }: Receipt): ReceiptSection['rows'] {
  const { name, comfyVersion, pythonVersion, torchVersion, flags, devices } = server;
  return [
    row('Address', name),
    ...(comfyVersion === undefined ? [] : [row('Version', comfyVersion)]),
    ...(pythonVersion === undefined ? [] : [row('Python', pythonVersion)]),
    ...(torchVersion === undefined ? [] : [row('PyTorch', torchVersion)]),
    ...(flags === undefined || flags.length === 0 ? [] : [row('Started with', flags.join(' '))]),
    ...devices.map((device) => row('Card', device.name)),
  ];
}

function sizeOf(bytes: number | undefined): readonly string[] {
  if (bytes === undefined) return [];
  const units = ['bytes', 'kB', 'MB', 'GB'] as const;
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 3);
  const unit = units[step] ?? 'bytes';
  const value = bytes / 1000 ** step;
  return [`${step === 0 ? String(bytes) : value.toFixed(1)} ${unit}`];
}

function shortHash(sha256: string | undefined): readonly string[] {
  return sha256 === undefined ? [] : [`SHA-256 ${sha256.slice(0, 12)}…`];
}

/** "2026-11-27 16:40:02 UTC": the same wherever it is read. */
function toDate(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? 'unknown'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
