import {
  type CallToolResult,
  type InputRequest,
  type InputRequiredResult,
  type ServerContext,
  inputRequired,
} from '@modelcontextprotocol/server';
import type { Disposable } from '../../base/disposable.ts';
import { stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Result } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { ResultOf } from '../../contract/methods.ts';
import type { OpenWorkflow } from '../../contract/session.schema.ts';
import type { Agent, ToolListing } from '../agents/agent-pool.ts';
import { CHANGE_META, toChangeView } from '../apps/change-app.ts';
import type { Consent, McpLimits, Time } from '../endpoint-parts.ts';
import type { ClientIdentity } from '../server/client-identity.ts';
import { QUESTION, readAnswer, settleWaiting, toQuestion } from './ask-client.ts';
import { type PendingCall, type Waiting, startPendingCall } from './pending-call.ts';
import { toToolFailure, toToolResult } from './present-answer.ts';
import { type ProgressReport, WAITING_FOR, createProgressReport } from './report-progress.ts';

/** What is sealed into a question, so that an answer counts for exactly that question. */
export interface SealedQuestion {
  readonly callId: string;
  /** What was asked about: a change set with its digest, a run, or the call itself. */
  readonly about: string;
}

/** Calls that wait for the artist: started, asked about, taken up again, given up. */
export interface ActingCalls extends Disposable {
  start(
    call: {
      readonly agent: Agent;
      readonly tool: ToolListing;
      readonly sessionId: string;
      readonly input: JsonValue;
      /** Called when nobody needs the agent for this call any more. */
      readonly release: () => void;
    },
    request: Request,
  ): Promise<CallToolResult | InputRequiredResult>;
  /** The same call once more, with a person's answer. Undefined when it is not known (any more). */
  resume(
    sealed: SealedQuestion,
    request: Request,
  ): Promise<CallToolResult | InputRequiredResult> | undefined;
}

interface Request {
  readonly ctx: ServerContext;
  readonly identity: ClientIdentity;
}

interface ActingCallsParts {
  readonly consent: Consent;
  /** False where nobody but a client's user can be asked. */
  readonly hasWindow: boolean;
  readonly limits: Pick<McpLimits, 'decisionMs'>;
  readonly time: Time;
  readonly newId: () => string;
  readonly seal: (sealed: SealedQuestion, ctx: ServerContext) => Promise<string>;
}

interface Kept {
  readonly pending: PendingCall;
  /** Gives the call up when nobody comes back with an answer. */
  reaper: Disposable | undefined;
  /** Set when nobody is left who could answer. */
  isGivenUp: boolean;
  /** What was proposed, with the workflow that it was made for: for the page that draws it. */
  proposed?: { readonly workflow: OpenWorkflow; readonly changeSetId: string };
}

/** A sign of life this often while the artist decides, ms; clients give up after a minute of silence. */
const BEAT_MS = 5_000;

/** Makes the desk; nothing here can say yes: it only carries a person's answer to the artist's own connection. */
export function createActingCalls(parts: ActingCallsParts): ActingCalls {
  const { consent, hasWindow, limits, time, newId, seal } = parts;
  const calls = new Map<string, Kept>();

  const give = async (kept: Kept, error: AppError): Promise<CallToolResult> => {
    await kept.pending.cancel();
    kept.pending.dispose();
    return toToolFailure(error);
  };
  const giveUp = (kept: Kept): Promise<CallToolResult> =>
    give(kept, appError('tool/nobody-to-ask', { name: kept.pending.tool.name }));
  const mayAsk = ({ identity }: Request): boolean =>
    identity.canAsk && consent.policy() !== 'window';

  /** Asks through an answer of ours (2026-07-28): the client comes back with what its user said. */
  const hand = async (
    kept: Kept,
    question: InputRequest,
    about: string,
    { ctx }: Request,
  ): Promise<InputRequiredResult> => {
    const { pending } = kept;
    kept.reaper = time.after(limits.decisionMs, () => {
      void pending.cancel();
      pending.dispose();
    });
    const requestState = await seal({ callId: pending.callId, about }, ctx);
    return inputRequired({ inputRequests: { [QUESTION]: question }, requestState });
  };
  /** Asks through a request of ours (2025 and before) and settles what comes back; silence leaves it open. */
  const put = async (
    question: InputRequest,
    { ctx }: Request,
    signal: AbortSignal,
  ): Promise<ReturnType<typeof readAnswer>> => {
    try {
      const options = { signal, timeout: limits.decisionMs };
      const said = await ctx.mcpReq.send(
        { method: 'elicitation/create', params: { ...question.params } },
        options,
      );
      return 'action' in said ? readAnswer(said.action, said.content) : undefined;
    } catch {
      // The client cannot ask after all, or was told that it need not: the window still can answer.
      return undefined;
    }
  };

  const finish = async (
    kept: Kept,
    answer: Result<ResultOf<'tool/call'>, AppError>,
    { identity }: Request,
  ): Promise<CallToolResult> => {
    const { pending, proposed } = kept;
    const result = toToolResult(pending.tool, answer, identity.readsStructure);
    const changeSet = pending
      .state()
      .changeSets.find(({ changeSetId }) => changeSetId === proposed?.changeSetId);
    const drawn =
      identity.showsApps && proposed !== undefined && changeSet !== undefined
        ? await toChangeView(pending.agent.client, proposed.workflow, changeSet)
        : undefined;
    pending.dispose();
    if (drawn === undefined) return result;
    // As a text, so that a host's own JSON parser leaves every digit of a seed as it is.
    const text = stringifyExactJson(JsonValueSchema.parse(drawn));
    return { ...result, _meta: { ...result._meta, [CHANGE_META]: text } };
  };
  const conclude = (kept: Kept, request: Request): Promise<CallToolResult> => {
    if (kept.isGivenUp) return giveUp(kept);
    const answer = kept.pending.answer();
    return answer === undefined
      ? give(kept, appError('cancelled', {}))
      : finish(kept, answer, request);
  };

  /** Puts what waits to whoever may answer. A result means: the client has to come back, or nobody can be asked. */
  const raise = async (
    kept: Kept,
    waiting: Waiting,
    request: Request,
    stopAsking: AbortSignal,
  ): Promise<CallToolResult | InputRequiredResult | undefined> => {
    const { pending } = kept;
    const { agent, sessionId } = pending;
    pending.asked.add(waiting.id);
    const { workflow } = pending.state();
    if (waiting.kind === 'change' && workflow !== null) {
      kept.proposed = { workflow, changeSetId: waiting.id };
    }
    if (waiting.kind === 'change' && consent.policy() === 'accept') {
      await settleWaiting(consent, waiting, sessionId, agent.name, { decision: 'accept' });
      return undefined;
    }
    if (waiting.kind === 'batch' || !mayAsk(request)) {
      return hasWindow ? undefined : giveUp(kept);
    }
    const question = await toQuestion(waiting, pending);
    if (request.identity.isModern) return hand(kept, question, aboutOf(waiting), request);
    void put(question, request, stopAsking).then(async (answer) => {
      if (answer === undefined) {
        if (hasWindow || stopAsking.aborted) return;
        kept.isGivenUp = true;
        await pending.cancel();
        return;
      }
      await settleWaiting(consent, waiting, sessionId, agent.name, answer);
    });
    return undefined;
  };

  const follow = async (
    kept: Kept,
    request: Request,
    progress: ProgressReport,
    stopAsking: AbortController,
  ): Promise<CallToolResult | InputRequiredResult> => {
    const { pending } = kept;
    const { signal } = request.ctx.mcpReq;
    for (;;) {
      const event = await pending.next({ signal, patienceMs: limits.decisionMs });
      switch (event) {
        case 'answered':
          stopAsking.abort();
          return conclude(kept, request);
        case 'aborted':
          return give(kept, appError('cancelled', {}));
        case 'timed-out': {
          const seconds = limits.decisionMs / 1_000;
          return give(kept, appError('tool/timed-out', { name: pending.tool.name, seconds }));
        }
        case 'moved':
          progress.tell(pending);
          break;
        default: {
          progress.tell(pending);
          const question = await raise(kept, event, request, stopAsking.signal);
          if (question !== undefined) return question;
        }
      }
    }
  };
  const run = async (
    kept: Kept,
    request: Request,
  ): Promise<CallToolResult | InputRequiredResult> => {
    const progress = createProgressReport(request.ctx);
    const stopAsking = new AbortController();
    const beat = (): Disposable =>
      time.after(BEAT_MS, () => {
        const waiting = kept.pending.waiting();
        if (waiting !== undefined) progress.beat(WAITING_FOR[waiting.kind]);
        beating = beat();
      });
    let beating = beat();
    try {
      return await follow(kept, request, progress, stopAsking);
    } finally {
      beating.dispose();
      stopAsking.abort();
    }
  };

  return {
    start: async ({ agent, tool, sessionId, input, release }, request) => {
      const mirror = await agent.mirrors.watch(sessionId);
      if (!mirror.ok) {
        release();
        return toToolFailure(mirror.error);
      }
      const callId = newId();
      const onDisposed = (): void => {
        calls.get(callId)?.reaper?.dispose();
        calls.delete(callId);
        release();
      };
      const pending = startPendingCall({
        agent,
        tool,
        input,
        callId,
        time,
        onDisposed,
        mirror: mirror.value,
      });
      const kept: Kept = { pending, reaper: undefined, isGivenUp: false };
      calls.set(callId, kept);
      return run(kept, request);
    },
    resume: ({ callId, about }, request) => {
      const kept = calls.get(callId);
      // Sealed by us, yet another client may have picked it up: its own calls only.
      if (kept === undefined || kept.pending.agent.name !== request.identity.name) return undefined;
      return answered(kept, about, request);
    },
    dispose: () => {
      for (const { pending } of [...calls.values()]) pending.dispose();
    },
  };

  async function answered(
    kept: Kept,
    about: string,
    request: Request,
  ): Promise<CallToolResult | InputRequiredResult> {
    const { pending } = kept;
    kept.reaper?.dispose();
    kept.reaper = undefined;
    const raw = request.ctx.mcpReq.inputResponses?.[QUESTION] as
      { readonly action?: unknown; readonly content?: unknown } | undefined;
    // The artist may have tightened the setting since the question went out.
    const answer = mayAsk(request) ? readAnswer(raw?.action, raw?.content) : undefined;
    if (answer === undefined && !hasWindow) return giveUp(kept);
    const waiting = pending.waiting();
    if (waiting !== undefined && aboutOf(waiting) === about && answer !== undefined) {
      await settleWaiting(consent, waiting, pending.sessionId, pending.agent.name, answer);
    }
    return run(kept, request);
  }
}

/** Names what is asked about so that nothing else can be accepted with the answer. */
function aboutOf(waiting: Waiting): string {
  return waiting.kind === 'change'
    ? `change ${waiting.changeSet.digest}`
    : `${waiting.kind} ${waiting.id}`;
}
