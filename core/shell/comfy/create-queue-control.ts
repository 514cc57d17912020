import type { Cancellation } from '../../base/cancellation.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Accepted, Comfy, Submission } from '../../ports/comfy.ts';
import type { ComfyAddress } from './address.ts';
import type { ComfyHttp } from './create-comfy-http.ts';
import type { ComfyAnswer } from './net/create-wire.ts';
import type { ComfyRequests } from './create-comfy-requests.ts';
import { isUnsent } from './transport-error.ts';
import { readSubmission, submissionBody } from './wire/read-submission.ts';

/** What changes the server's queue. */
export interface QueueControl extends Pick<Comfy, 'deletePending' | 'interrupt'> {
  submit(submission: Submission, cancellation: Cancellation): Promise<Result<Accepted, AppError>>;
}

/** A workflow with embedded pictures takes a while to check; what was not answered by then is looked for. */
const SUBMIT_LIMITS = { timeoutMs: 20_000 };

/** Makes the queue's controls. */
export function createQueueControl(options: {
  readonly address: ComfyAddress;
  readonly http: ComfyHttp;
  readonly requests: ComfyRequests;
  readonly clientId: () => string;
}): QueueControl {
  const { address, http, requests } = options;

  /** Looks for our run where a sent one can be; its number is unknown once it has ended. */
  const findRun = async (promptId: string): Promise<Result<Accepted | undefined, AppError>> => {
    const queue = await requests.queue();
    if (!queue.ok) return queue;
    const item = [...queue.value.running, ...queue.value.pending].find(
      (candidate) => candidate.promptId === promptId,
    );
    if (item !== undefined) return ok({ promptId, number: item.number, warnings: [] });
    const entry = await requests.history(promptId);
    if (!entry.ok) return entry;
    return ok(entry.value === undefined ? undefined : { promptId, number: 0, warnings: [] });
  };

  const command = async (path: string, body: ComfyBody): Promise<Result<void, AppError>> => {
    const answer = await http.post(path, body);
    if (!answer.ok) return answer;
    return isFine(answer.value) ? ok(undefined) : err(http.refusal(answer.value));
  };

  const deletePending = async (promptId: string): Promise<Result<void, AppError>> => {
    const before = await whereIs(requests, promptId);
    if (!before.ok) return before;
    // Nothing waits, so nothing is to be taken out; the running one is not touched.
    if (before.value !== 'pending') return ok(undefined);
    const told = await command('/queue', { delete: [promptId] });
    if (!told.ok) return told;
    // The server says yes to everything: only a second look tells whether it did it.
    const after = await whereIs(requests, promptId);
    if (!after.ok) return after;
    if (after.value !== 'pending') return ok(undefined);
    const reason = 'the run is still waiting although it was taken out';
    return err(appError('comfy/unreadable-answer', { url: address.url, reason }));
  };

  const interrupt = async (promptId: string): Promise<Result<void, AppError>> => {
    const where = await whereIs(requests, promptId);
    if (!where.ok) return where;
    // Old servers ignore the id and stop whatever runs, so it must be ours that runs.
    if (where.value === 'running') return command('/interrupt', { prompt_id: promptId });
    return where.value === 'unknown'
      ? err(appError('run/unknown', { promptId }))
      : err(appError('run/not-running', { promptId, status: where.value }));
  };

  const withdraw = async (promptId: string): Promise<Result<Accepted, AppError>> => {
    await deletePending(promptId);
    await interrupt(promptId);
    return err(appError('cancelled', {}));
  };

  /** Servers of before 2025 give a run their own id: it could not be told from others after a lost answer. */
  const refuseForeignId = async (theirs: string): Promise<Result<Accepted, AppError>> => {
    await withdraw(theirs);
    const lacks = 'it does not let us name our own renders, so they could be mixed up';
    return err(appError('comfy/too-old', { url: address.url, lacks }));
  };

  return {
    deletePending,
    interrupt,
    submit: async (submission, cancellation) => {
      const isUnwanted = (): boolean => cancellation.isCancelled;
      if (isUnwanted()) return err(appError('cancelled', {}));
      const body = submissionBody(submission, options.clientId());
      const answer = await http.post('/prompt', body, SUBMIT_LIMITS);
      const { promptId } = submission;
      const accepted = answer.ok ? readSubmission(answer.value, http, submission) : answer;
      if (accepted.ok && accepted.value.promptId !== promptId) {
        return refuseForeignId(accepted.value.promptId);
      }
      if (accepted.ok) return isUnwanted() ? withdraw(promptId) : accepted;
      const isSaid = answer.ok && isRefusal(answer.value);
      if (isSaid || (!answer.ok && isUnsent(answer.error))) return accepted;
      // Cut off in the middle: the run may be queued all the same, and its id is ours.
      const found = await findRun(promptId);
      if (isUnwanted()) return withdraw(promptId);
      if (found.ok && found.value !== undefined) return ok(found.value);
      if (answer.ok && !isGateway(answer.value)) return accepted;
      return ok({ promptId, number: 0, warnings: [], unconfirmed: accepted.error });
    },
  };
}

type ComfyBody = Parameters<ComfyHttp['post']>[1];

type Whereabouts = 'running' | 'pending' | 'ended' | 'unknown';

async function whereIs(
  requests: ComfyRequests,
  promptId: string,
): Promise<Result<Whereabouts, AppError>> {
  const queue = await requests.queue();
  if (!queue.ok) return queue;
  const isIt = (item: { readonly promptId: string }): boolean => item.promptId === promptId;
  if (queue.value.running.some(isIt)) return ok('running');
  if (queue.value.pending.some(isIt)) return ok('pending');
  const entry = await requests.history(promptId);
  if (!entry.ok) return entry;
  return ok(entry.value === undefined ? 'unknown' : 'ended');
}

/** The server itself said no, and why. */
function isRefusal({ status }: ComfyAnswer): boolean {
  return status === 400 || status === 401 || status === 403 || status === 413;
}

/** Something in between gave up waiting: what it passed on may still arrive. */
function isGateway({ status }: ComfyAnswer): boolean {
  return status >= 502 && status <= 504;
}

function isFine(answer: ComfyAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}
