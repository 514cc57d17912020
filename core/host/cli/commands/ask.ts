import { type Result, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { ExitCode } from '../../../domain/errors/exit-codes.ts';
import type { Files } from '../../../ports/files.ts';
import type { Host } from '../../create-host.ts';
import { type ArtistClient, createArtistClient } from '../ask/artist-client.ts';
import { converse } from '../ask/converse.ts';
import { finishRuns } from '../ask/finish-runs.ts';
import { type Outcome, reportDeclined, reportOutcome } from '../ask/report-outcome.ts';
import { type SavedOutput, saveOutputs } from '../ask/save-outputs.ts';
import { saveReceipt } from '../ask/save-receipt.ts';
import { stopAsked } from '../ask/stop-asked.ts';
import { parseComfyTarget } from '../parse-comfy-target.ts';
import type { Terminal } from '../terminal.ts';

/** What `ask` was called with. */
export interface AskOptions {
  readonly workflow?: string;
  readonly comfy: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly out?: string;
  readonly save?: string;
  /** True: a receipt of each run goes beside its copies, or into the current folder without `out`. */
  readonly receipt?: boolean;
  /** False after `--no-run`: changes only. */
  readonly run: boolean;
}

interface AskParts {
  readonly host: Host;
  readonly terminal: Terminal;
  readonly files: Files;
  /** Resolves when the person wants no more of it. */
  readonly stopped: Promise<void>;
}

/** One message, start to verdict: the same path that the window takes, in a terminal. */
export async function ask(
  message: string,
  options: AskOptions,
  parts: AskParts,
): Promise<ExitCode> {
  const { host, terminal, stopped } = parts;
  const json = options.json === true;
  const opened = await createArtistClient(host, message.slice(0, 100));
  if (!opened.ok) return terminal.fail(opened.error, json);
  const artist = opened.value;
  const ended = await Promise.race([
    answer(message, artist, options, parts),
    stopped.then(() => undefined),
  ]);
  if (ended !== undefined) return ended;
  terminal.note('Stopping. Press Ctrl+C again to leave at once.');
  await stopAsked(artist);
  return terminal.fail(appError('cancelled', {}), json);
}

async function answer(
  message: string,
  artist: ArtistClient,
  options: AskOptions,
  parts: AskParts,
): Promise<ExitCode> {
  const { host, terminal } = parts;
  const json = options.json === true;
  const fail = ({ error }: { readonly error: AppError }): ExitCode => terminal.fail(error, json);
  const target = parseComfyTarget(options.comfy);
  if (!target.ok) return fail(target);
  const connected = await host.connect(target.value);
  if (!connected.ok) return fail(connected);
  const { client, sessionId } = artist;
  if (options.workflow !== undefined) {
    const source = { kind: 'path', path: options.workflow } as const;
    const loaded = await client.call('workflow/open', { sessionId, source });
    if (!loaded.ok) return fail(loaded);
  }
  const yes = options.yes === true;
  if (!yes) askBeforeEveryRun(host);
  const answered = await converse(message, artist, { yes, host, terminal });
  if (!answered.ok) return fail(answered);
  if (answered.value.wasDeclined) return reportDeclined(artist, answered.value, { terminal, json });
  if (options.save !== undefined) {
    const place = { sessionId, path: options.save, overwrite: true };
    const saved = await client.call('workflow/save', place);
    if (!saved.ok) return fail(saved);
  }
  const wasChanged = answered.value.changeSet !== undefined;
  const runs = await finishRuns(artist, wasChanged && options.run);
  if (!runs.ok) return fail(runs);
  const kept = await keepResults(runs.value, artist, options, parts);
  if (!kept.ok) return fail(kept);
  const outcome = { ...answered.value, ...kept.value, runs: runs.value };
  return reportOutcome(artist, outcome, { host, terminal, json });
}

/** For this process only: without `--yes` a run waits for a person like a change does. */
function askBeforeEveryRun({ agent }: Host): void {
  const settings = { ...agent.workspace.state.settings, releaseRuns: 'ask' as const };
  agent.workspace.dispatch({ type: 'settings/changed', settings });
}

/** Copies what was rendered, and writes the receipts, where that was asked for. */
async function keepResults(
  runs: readonly Run[],
  artist: ArtistClient,
  { out, receipt }: AskOptions,
  { host, files }: AskParts,
): Promise<Result<Pick<Outcome, 'outputs' | 'receipts'>, AppError>> {
  const outputs: SavedOutput[] = [];
  const receipts: string[] = [];
  for (const run of runs) {
    const saved = await saveOutputs(run, out, { assets: host.assets, files });
    if (!saved.ok) return saved;
    outputs.push(...saved.value);
    if (receipt !== true) continue;
    const written = await saveReceipt(artist, run, out ?? '.');
    if (!written.ok) return written;
    receipts.push(written.value.path);
  }
  return ok({ outputs, receipts: receipt === true ? receipts : undefined });
}
