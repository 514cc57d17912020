import type { Cancellation } from '../../base/cancellation.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Accepted, Comfy, Submission } from '../../ports/comfy.ts';
import type { ComfyAddress } from './address.ts';
import type { ComfyAnswer, ComfyHttp } from './create-comfy-http.ts';
import type { ComfyRequests } from './create-comfy-requests.ts';
import { readSubmission, submissionBody } from './wire/read-submission.ts';

/** What changes the server's queue. */
export interface QueueControl extends Pick<Comfy, 'deletePending' | 'interrupt'> {
  submit(submission: Submission, cancellation: Cancellation): Promise<Result<Accepted, AppError>>;
}

/** A workflow with embedded pictures takes a while to send and to check. */
const SUBMIT_LIMITS = { timeoutMs: 60_000 };

/** Makes the queue's controls. */
export function createQueueControl(options: {
  readonly address: ComfyAddress;
  readonly http: ComfyHttp;
  readonly requests: ComfyRequests;
  readonly clientId: () => string;
}): QueueControl {
  const { address, http, requests } = options;

  const findQueued = async (promptId: string): Promise<Accepted | undefined> => {
    const queue = await requests.queue();
    if (!queue.ok) return undefined;
    const item = [...queue.value.running, ...queue.value.pending].find(
      (candidate) => candidate.promptId === promptId,
    );
    return item === undefined ? undefined : { promptId, number: item.number, warnings: [] };
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

  return {
    deletePending,
    interrupt,
    submit: async (submission, cancellation) => {
      const isUnwanted = (): boolean => cancellation.isCancelled;
      if (isUnwanted()) return err(appError('cancelled', {}));
      const body = submissionBody(submission, options.clientId());
      const answer = await http.post('/prompt', body, SUBMIT_LIMITS);
      const { promptId } = submission;
      if (!answer.ok) {
        // Cut off in the middle: the run may be queued all the same, and its id is ours.
        const found = await findQueued(promptId);
        if (found === undefined) return answer;
        return isUnwanted() ? withdraw(promptId) : ok(found);
      }
      const accepted = readSubmission(answer.value, http, submission);
      if (!accepted.ok) return accepted;
      return isUnwanted() ? withdraw(promptId) : accepted;
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

function isFine(answer: ComfyAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}
