import type { Result } from '../../../base/result.ts';
import { err, ok } from '../../../base/result.ts';
import type { Batch } from '../../../contract/run/batch.schema.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { ChangeSet, SessionState } from '../../../contract/session.schema.ts';
import { isBatchOver } from '../../../domain/batch/batch-reducer.ts';
import { isRunOver } from '../../../domain/run/run-reducer.ts';
import { isTurnOver } from '../../../domain/session/turn-reducer.ts';
import { EXIT, type ExitCode, toExitCode } from '../../../domain/errors/exit-codes.ts';
import { describeRunLine } from '../../../domain/machine/describe-run-line.ts';
import { restOf } from '../../../domain/errors/plain-error.ts';
import { applyOps } from '../../../domain/workflow/ops/apply-ops.ts';
import { describeDiffEntry } from '../../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../../domain/workflow/diff/diff-workflows.ts';
import type { DiffEntry } from '../../../contract/workflow.schema.ts';
import type { Files } from '../../../ports/files.ts';
import { openDocument } from '../../../agent/workflows/open-document.ts';
import type { Host } from '../../create-host.ts';
import { type ArtistClient, createArtistClient } from '../ask/artist-client.ts';
import { printReply, readReply } from '../ask/reply.ts';
import { reviewChangeSet, reviewRun } from '../ask/review-changes.ts';
import { saveReceipt } from '../ask/save-receipt.ts';
import { reviewBatch, toBatchReport } from '../ask/review-batch.ts';
import { type SavedOutput, saveOutputs, textsOf } from '../ask/save-outputs.ts';
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
}

interface Answered {
  readonly changeSet: ChangeSet | undefined;
  readonly diff: readonly DiffEntry[];
  readonly wasDeclined: boolean;
}

/** One message, start to verdict: the same path that the window takes, in a terminal. */
export async function ask(
  message: string,
  options: AskOptions,
  parts: AskParts,
): Promise<ExitCode> {
  const { host, terminal, files } = parts;
  const json = options.json === true;
  const target = parseComfyTarget(options.comfy);
  if (!target.ok) return terminal.fail(target.error, json);
  const artist = await createArtistClient(host, message.slice(0, 100));
  if (!artist.ok) return terminal.fail(artist.error, json);
  const connected = await host.connect(target.value);
  if (!connected.ok) return terminal.fail(connected.error, json);
  const { client, sessionId } = artist.value;
  if (options.workflow !== undefined) {
    const source = { kind: 'path', path: options.workflow } as const;
    const opened = await client.call('workflow/open', { sessionId, source });
    if (!opened.ok) return terminal.fail(opened.error, json);
  }
  if (options.yes !== true) askBeforeEveryRun(host);
  const answered = await converse(message, artist.value, options, parts);
  if (!answered.ok) return terminal.fail(answered.error, json);
  const { changeSet, diff, wasDeclined } = answered.value;
  if (wasDeclined) {
    const said = readReply(artist.value);
    const ops = changeSet?.ops ?? [];
    if (json) {
      const nothing = { run: null, runs: [], outputs: [], verdict: null };
      terminal.printJson({ changeSet: { ops }, diff, ...nothing, ...said });
    } else printReply(terminal, said);
    return EXIT.needsApproval;
  }
  if (options.save !== undefined) {
    const saved = await client.call('workflow/save', {
      sessionId,
      path: options.save,
      overwrite: true,
    });
    if (!saved.ok) return terminal.fail(saved.error, json);
  }
  const runs = await finishRuns(artist.value, changeSet !== undefined && options.run);
  if (!runs.ok) return terminal.fail(runs.error, json);
  const outputs: SavedOutput[] = [];
  const receipts: string[] = [];
  for (const run of runs.value) {
    const saved = await saveOutputs(run, options.out, { assets: host.assets, files });
    if (!saved.ok) return terminal.fail(saved.error, json);
    outputs.push(...saved.value);
    if (options.receipt !== true) continue;
    const receipt = await saveReceipt(artist.value, run, options.out ?? '.');
    if (!receipt.ok) return terminal.fail(receipt.error, json);
    receipts.push(receipt.value.path);
  }
  const texts = runs.value.flatMap(textsOf);
  const last = runs.value.at(-1);
  const { state } = artist.value;
  const turn = state.turns.at(-1);
  const batch = state.batches?.at(-1);
  const said = readReply(artist.value);
  const refused = lastRefusal(turn);
  if (json) {
    terminal.printJson({
      changeSet: { ops: changeSet?.ops ?? [] },
      diff,
      run: last === undefined ? null : toRunReport(last, host),
      runs: runs.value.map((run) => toRunReport(run, host)),
      outputs,
      ...(texts.length === 0 ? {} : { texts }),
      ...(options.receipt === true ? { receipts } : {}),
      verdict: last?.verdict ?? null,
      ...(refused === undefined ? {} : { error: refused }),
      ...(batch === undefined
        ? {}
        : { batch: toBatchReport(state, batch, (run) => toRunReport(run, host)) }),
      ...said,
    });
  } else {
    printReply(terminal, said);
    for (const { path, filename, width, height } of outputs) {
      const size = width === null || height === null ? '' : ` (${String(width)}×${String(height)})`;
      terminal.print(`${path ?? filename}${size}`);
    }
    for (const { nodeTitle, text } of texts) terminal.print(`${nodeTitle}: ${text}`);
    for (const path of receipts) terminal.print(path);
    if (last?.verdict !== undefined) {
      const line = runLine(last, host);
      const { summary } = last.verdict;
      if (line !== undefined && !said.reply.includes('Rendered in')) terminal.print(line);
      if (!said.reply.includes(summary)) terminal.print(summary);
    }
  }
  const failure = last?.failure ?? turn?.error ?? refused;
  if (failure !== undefined) {
    const rest = restOf(failure, json ? '' : said.reply);
    if (rest !== '') terminal.note(rest);
    return last?.failure === undefined ? toExitCode(failure) : EXIT.runFailed;
  }
  // It asked back: nobody here can answer, so a script must not take it for done.
  const wasAsked =
    said.suggestions.length > 0 && !turn?.parts.some(({ kind }) => kind === 'tool-call');
  if (wasAsked) return EXIT.needsApproval;
  const isWhole = batch === undefined || batch.status === 'done';
  const isGood = isWhole && runs.value.every(({ status }) => status === 'verified');
  return isGood ? EXIT.ok : EXIT.runFailed;
}

/** For this process only: without `--yes` a run waits for a person like a change does. */
function askBeforeEveryRun({ agent }: Host): void {
  const settings = { ...agent.workspace.state.settings, releaseRuns: 'ask' as const };
  agent.workspace.dispatch({ type: 'settings/changed', settings });
}

/** Sends the message and answers every change set until the turn is over. */
async function converse(
  message: string,
  artist: ArtistClient,
  options: AskOptions,
  { host, terminal }: AskParts,
): Promise<Result<Answered, AppError>> {
  const { client, sessionId } = artist;
  let answered: Answered = { changeSet: undefined, diff: [], wasDeclined: false };
  const sent = await client.call('turn/send', { sessionId, message });
  if (!sent.ok) return sent;
  const { turnId } = sent.value;
  for (;;) {
    const state = await artist.until(
      (next) =>
        isTurnEnded(next, turnId) ||
        findOpen(next) !== undefined ||
        findProposedBatch(next) !== undefined ||
        findProposedRun(next) !== undefined,
    );
    const changeSet = findOpen(state);
    const waiting = findProposedRun(state);
    const batch = findProposedBatch(state);
    if (changeSet !== undefined) {
      const diff = diffOf(state, changeSet, host);
      const review = await reviewChangeSet(artist, changeSet, diff.map(describeDiffEntry), {
        yes: options.yes === true,
        terminal,
      });
      if (!review.ok) return review;
      answered = { changeSet, diff, wasDeclined: review.value !== 'accepted' };
      if (review.value === 'nobody') {
        terminal.note(
          'Nothing was changed: this needs your yes. Add --yes, or run it in a terminal.',
        );
        await client.call('turn/cancel', { sessionId, turnId });
        return ok(answered);
      }
    } else if (batch !== undefined) {
      const yes = options.yes === true;
      const review = await reviewBatch(artist, batch, { yes, terminal });
      if (!review.ok) return review;
      if (review.value !== 'accepted') {
        if (review.value === 'nobody') {
          terminal.note(
            'Nothing was queued: this needs your yes. Add --yes, or run it in a terminal.',
          );
        }
        await client.call('turn/cancel', { sessionId, turnId });
        return ok({ ...answered, wasDeclined: true });
      }
    } else if (waiting !== undefined) {
      const { promptId } = waiting;
      const review = await reviewRun(waiting, { yes: options.yes === true, terminal });
      if (review === 'accepted') await client.call('run/release', { sessionId, promptId });
      else {
        await client.call('run/cancel', { sessionId, promptId });
        await client.call('turn/cancel', { sessionId, turnId });
        return ok({ ...answered, wasDeclined: true });
      }
    } else return ok(answered);
  }
}

/** Waits for the runs of the turn; starts one when something was changed and none was asked for. */
async function finishRuns(
  artist: ArtistClient,
  shouldRun: boolean,
): Promise<Result<readonly Run[], AppError>> {
  const { client, sessionId } = artist;
  const isRejected = artist.state.changeSets.at(-1)?.status === 'rejected';
  const { runs, batches = [] } = artist.state;
  if (runs.length + batches.length === 0 && shouldRun && !isRejected) {
    const turnId = artist.state.turns.at(-1)?.turnId;
    const started = await client.call('run/start', {
      sessionId,
      ...(turnId === undefined ? {} : { turnId }),
    });
    if (!started.ok) return err(started.error);
  }
  const settled = await artist.until(
    (state) =>
      state.runs.every((run) => isRunOver(run) && run.status !== 'succeeded') &&
      // A paused one waits for somebody, and here is nobody.
      (state.batches ?? []).every((batch) => isBatchOver(batch) || batch.status === 'paused'),
  );
  return ok(settled.runs);
}

/** Why the last thing that the turn tried did not happen; there is nothing to change where all is as asked. */
function lastRefusal(turn: SessionState['turns'][number] | undefined): AppError | undefined {
  const calls = turn?.parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call] : [])) ?? [];
  const error = calls.at(-1)?.error;
  return error?.code === 'change/empty' ? undefined : error;
}

function isTurnEnded(state: SessionState, turnId: string): boolean {
  const turn = state.turns.find((candidate) => candidate.turnId === turnId);
  return turn !== undefined && isTurnOver(turn);
}

function findOpen(state: SessionState): ChangeSet | undefined {
  return state.changeSets.find(({ status }) => status === 'proposed');
}

function findProposedBatch({ batches = [] }: SessionState): Batch | undefined {
  return batches.find(({ status }) => status === 'proposed');
}

function findProposedRun(state: SessionState): Run | undefined {
  return state.runs.find(({ status, queuedAt }) => status === 'proposed' && queuedAt === undefined);
}

function diffOf(state: SessionState, changeSet: ChangeSet, host: Host): readonly DiffEntry[] {
  const before = openDocument(state);
  const { catalog } = host.agent.link;
  const after = before.ok ? applyOps(before.value, changeSet.ops, catalog) : before;
  return before.ok && after.ok ? diffWorkflows(before.value, after.value.document, catalog) : [];
}

function toRunReport(run: Run, host: Host): object {
  const { promptId, status, queuedAt, startedAt, endedAt, server, failure } = run;
  const from = startedAt ?? queuedAt;
  const durationMs = from === undefined || endedAt === undefined ? null : endedAt - from;
  const line = run.verdict === undefined ? undefined : runLine(run, host);
  return {
    promptId,
    status,
    durationMs,
    server,
    ...(line === undefined ? {} : { line }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function runLine(run: Run, { agent }: Host): string | undefined {
  return describeRunLine(run, agent.workspace.state.stats ?? undefined);
}
