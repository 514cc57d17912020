import type { AppError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { SessionState } from '../../../contract/session.schema.ts';
import { EXIT, type ExitCode, toExitCode } from '../../../domain/errors/exit-codes.ts';
import { restOf } from '../../../domain/errors/plain-error.ts';
import { describeRunLine } from '../../../domain/machine/describe-run-line.ts';
import type { Host } from '../../create-host.ts';
import type { Terminal } from '../terminal.ts';
import type { ArtistClient } from './artist-client.ts';
import type { Answered } from './converse.ts';
import { type Reply, printReply, readReply } from './reply.ts';
import { toBatchReport } from './review-batch.ts';
import { type SavedOutput, textsOf } from './save-outputs.ts';

/** Everything that came of a message. */
export interface Outcome extends Answered {
  readonly runs: readonly Run[];
  readonly outputs: readonly SavedOutput[];
  /** Paths of receipts; undefined when none were asked for. */
  readonly receipts: readonly string[] | undefined;
}

interface ReportParts {
  readonly host: Host;
  readonly terminal: Terminal;
  readonly json: boolean;
}

/** Says that nothing was done without a yes. */
export function reportDeclined(
  artist: ArtistClient,
  { changeSet, diff }: Answered,
  { terminal, json }: Omit<ReportParts, 'host'>,
): ExitCode {
  const said = readReply(artist);
  if (json) {
    const nothing = { run: null, runs: [], outputs: [], verdict: null };
    terminal.printJson({ changeSet: { ops: changeSet?.ops ?? [] }, diff, ...nothing, ...said });
  } else printReply(terminal, said);
  return EXIT.needsApproval;
}

/** Says what came of a message, and with which exit code that ends. */
export function reportOutcome(
  artist: ArtistClient,
  outcome: Outcome,
  parts: ReportParts,
): ExitCode {
  const { state } = artist;
  const { terminal, json } = parts;
  const said = readReply(artist);
  if (json) printData(state, outcome, said, parts);
  else printWords(outcome, said, parts);
  const { runs } = outcome;
  const last = runs.at(-1);
  const turn = state.turns.at(-1);
  const failure = last?.failure ?? turn?.error ?? lastRefusal(turn);
  if (failure !== undefined) {
    const rest = restOf(failure, json ? '' : said.reply);
    if (rest !== '') terminal.note(rest);
    return last?.failure === undefined ? toExitCode(failure) : EXIT.runFailed;
  }
  // It asked back: nobody here can answer, so a script must not take it for done.
  const wasAsked =
    said.suggestions.length > 0 && !turn?.parts.some(({ kind }) => kind === 'tool-call');
  if (wasAsked) return EXIT.needsApproval;
  const batch = state.batches?.at(-1);
  const isWhole = batch === undefined || batch.status === 'done';
  return isWhole && runs.every(({ status }) => status === 'verified') ? EXIT.ok : EXIT.runFailed;
}

function printData(
  state: SessionState,
  { changeSet, diff, runs, outputs, receipts }: Outcome,
  said: Reply,
  { host, terminal }: ReportParts,
): void {
  const last = runs.at(-1);
  const texts = runs.flatMap(textsOf);
  const batch = state.batches?.at(-1);
  const refused = lastRefusal(state.turns.at(-1));
  const toReport = (run: Run): object => toRunReport(run, host);
  terminal.printJson({
    changeSet: { ops: changeSet?.ops ?? [] },
    diff,
    run: last === undefined ? null : toReport(last),
    runs: runs.map(toReport),
    outputs,
    ...(texts.length === 0 ? {} : { texts }),
    ...(receipts === undefined ? {} : { receipts }),
    verdict: last?.verdict ?? null,
    ...(refused === undefined ? {} : { error: refused }),
    ...(batch === undefined ? {} : { batch: toBatchReport(state, batch, toReport) }),
    ...said,
  });
}

function printWords(
  { runs, outputs, receipts = [] }: Outcome,
  said: Reply,
  { host, terminal }: ReportParts,
): void {
  printReply(terminal, said);
  for (const { path, filename, width, height } of outputs) {
    const size = width === null || height === null ? '' : ` (${String(width)}×${String(height)})`;
    terminal.print(`${path ?? filename}${size}`);
  }
  for (const { nodeTitle, text } of runs.flatMap(textsOf)) terminal.print(`${nodeTitle}: ${text}`);
  for (const path of receipts) terminal.print(path);
  const last = runs.at(-1);
  if (last?.verdict === undefined) return;
  const line = runLine(last, host);
  const { summary } = last.verdict;
  if (line !== undefined && !said.reply.includes('Rendered in')) terminal.print(line);
  if (!said.reply.includes(summary)) terminal.print(summary);
}

/** Why the last thing that the turn tried did not happen; there is nothing to change where all is as asked. */
function lastRefusal(turn: SessionState['turns'][number] | undefined): AppError | undefined {
  const calls = turn?.parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call] : [])) ?? [];
  const error = calls.at(-1)?.error;
  return error?.code === 'change/empty' ? undefined : error;
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
