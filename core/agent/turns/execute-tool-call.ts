import type { Cancellation } from '../../base/cancellation.ts';
import { createDisposableBag } from '../../base/disposable.ts';
import type { JsonValue } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import { toIssues } from '../../contract/wire/server.ts';
import type { Actor, ChangeSet } from '../../contract/session.schema.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { nearestNames } from '../../domain/workflow/nearest-name.ts';
import type {
  ActingTool,
  AnyTool,
  ProposalOutcome,
  ProposingTool,
  ToolContext,
} from '../../tools/define-tool.ts';
import type { CallJournal } from './call-journal.ts';
import type { Settings } from '../../contract/machine/machine.schema.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { toolTimeoutMs } from '../../tools/tool-timeout.ts';
import { workInTime } from './work-in-time.ts';
import type { ChangeSetDesk } from '../workflows/change-set-desk.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** One call of a tool, as a model or a client made it. */
export interface RequestedCall {
  readonly callId: string;
  readonly name: string;
  readonly input: JsonValue;
}

/** What a call gives back: data for the model, a sentence for people. */
export interface CallAnswer {
  readonly output: JsonValue;
  readonly text: string;
}

interface ExecuteParts {
  readonly store: SessionStore;
  readonly turnId: string;
  readonly by: Actor;
  readonly tools: readonly AnyTool[];
  readonly context: ToolContext;
  readonly changeSets: ChangeSetDesk;
  readonly cancellation: Cancellation;
  readonly journal: CallJournal;
  readonly clock: Clock;
  readonly log: Pick<Log, 'unexpected'>;
  /** Seconds that tools may take, where the artist has said so. */
  readonly toolSeconds: Settings['toolSeconds'];
}

/**
 * Runs one tool call: input checked, recorded before anything happens, proposals rehearsed and put before
 * the artist. Whatever goes wrong comes back as an error that says what would have been right.
 */
export async function executeToolCall(
  call: RequestedCall,
  parts: ExecuteParts,
): Promise<Result<CallAnswer, AppError>> {
  const { tools, context, cancellation, journal } = parts;
  const { callId, name } = call;
  const tool = tools.find((candidate) => candidate.name === name);
  const record = (title: string, summary: string): void => {
    journal.begin({ callId, name, title, status: 'ready', input: call.input, summary });
  };
  const refuse = (error: AppError): Result<never, AppError> => {
    journal.move('refused', { error });
    return err(error);
  };

  if (tool === undefined) {
    record(name, name);
    const near = nearestNames(
      name,
      tools.map((known) => known.name),
      3,
    );
    return refuse(appError('tool/unknown', { name, near: [...near] }));
  }
  const input = tool.input.safeParse(call.input);
  if (!input.success) {
    record(tool.title, tool.title);
    return refuse(appError('tool/invalid-input', { name, issues: toIssues(input.error) }));
  }
  record(tool.title, tool.describeCall(input.data, context));
  journal.move('running');
  const answer = await work(tool, input.data, parts);
  if (answer.ok) {
    journal.move('completed', { outcome: answer.value.text });
    return answer;
  }
  if (answer.error.code === 'cancelled' || cancellation.isCancelled) journal.move('cancelled');
  else journal.move('failed', { error: answer.error });
  return answer;
}

/** A tool never throws; one that does has a bug, which ends its call and nothing else. */
async function work(
  tool: AnyTool,
  input: Record<string, unknown>,
  parts: ExecuteParts,
): Promise<Result<CallAnswer, AppError>> {
  try {
    return tool.effect === 'propose'
      ? await propose(tool, input, parts)
      : await act(tool, input, parts);
  } catch (cause) {
    const correlationId = parts.log.unexpected('tool call failed', cause);
    return err(appError('internal/unexpected', { correlationId }));
  }
}

function inTime<T>(
  tool: AnyTool,
  { context, clock, cancellation, toolSeconds }: ExecuteParts,
  handle: (context: ToolContext) => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  const timeoutMs = toolTimeoutMs(tool, toolSeconds);
  const limit = { name: tool.name, timeoutMs, clock, cancellation };
  return workInTime(limit, (own) => handle({ ...context, cancellation: own }));
}

async function act(
  tool: ActingTool,
  input: Record<string, unknown>,
  parts: ExecuteParts,
): Promise<Result<CallAnswer, AppError>> {
  const outcome = await inTime(tool, parts, (context) => tool.handler(input, context));
  if (!outcome.ok) return outcome;
  const output = tool.output.parse(outcome.value);
  return ok({ output: JsonValueSchema.parse(output), text: tool.describeResult(output) });
}

async function propose(
  tool: ProposingTool,
  input: Record<string, unknown>,
  parts: ExecuteParts,
): Promise<Result<CallAnswer, AppError>> {
  const { store, turnId, by, changeSets, cancellation } = parts;
  const put = async (catalog: NodeCatalog): Promise<Result<ChangeSet, AppError>> => {
    const proposal = await inTime(tool, parts, (context) =>
      tool.handler(input, { ...context, catalog }),
    );
    return proposal.ok ? changeSets.propose(store, proposal.value, { by, turnId }) : proposal;
  };
  const { catalog, freshCatalog } = parts.context;
  let changeSet = await put(catalog);
  if (!changeSet.ok && MAY_BE_NEW.includes(changeSet.error.code)) {
    // A file or a node pack may have been added since the catalog was read.
    const fresh = await freshCatalog();
    if (fresh !== catalog) changeSet = await put(fresh);
  }
  if (!changeSet.ok) return changeSet;
  store.dispatch({ type: 'turn/moved', turnId, status: 'awaiting-approval' });
  const { changeSetId } = changeSet.value;
  const outcome = await waitForDecision(store, changeSetId, changeSets, cancellation);
  if (outcome === undefined) return err(appError('cancelled', {}));
  store.dispatch({ type: 'turn/moved', turnId, status: 'thinking' });
  return ok({ output: JsonValueSchema.parse(outcome), text: tool.describeResult(outcome) });
}

const MAY_BE_NEW: readonly AppError['code'][] = ['op/invalid-value', 'op/unknown-class'];

/** Waits until the artist has decided; undefined when the turn was stopped first. */
function waitForDecision(
  store: SessionStore,
  changeSetId: string,
  changeSets: ChangeSetDesk,
  cancellation: Cancellation,
): Promise<ProposalOutcome | undefined> {
  return new Promise((resolve) => {
    const bag = createDisposableBag();
    const look = (): void => {
      const outcome = changeSets.outcomeOf(store, changeSetId);
      if (outcome === undefined) return;
      bag.dispose();
      resolve(outcome);
    };
    bag.add(store.onEnvelope(look));
    bag.add(
      cancellation.onCancelled(() => {
        bag.dispose();
        changeSets.withdraw(store, changeSetId);
        resolve(undefined);
      }),
    );
  });
}
