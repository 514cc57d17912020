import { z } from 'zod';
import { JsonValueSchema } from './json.schema.ts';
import { ProblemSchema } from './workflow.schema.ts';

const text = z.string();
const nodeId = { nodeId: text };
const url = { url: text };

/** What the catalogue of failures knows about one; every part may be missing, so that old logs still read. */
const failureDetail = {
  /** Stable code of the catalogue, e.g. "oom-cuda". */
  cause: text.optional(),
  title: text.optional(),
  /** One reading, or two between which nothing decides. */
  candidates: z.array(z.strictObject({ cause: text, meaning: text })).optional(),
  /** What to do: `say` is a message that does it, `enter` the exact text to type or choose. */
  steps: z
    .array(z.strictObject({ label: text, say: text.optional(), enter: text.optional() }))
    .optional(),
  /** True when a change of the workflow may settle it (`propose_fix`). */
  canFix: z.boolean().optional(),
  /** The node pack in whose code it happened. */
  pack: text.optional(),
  /** What was said, without folders, users' names and secrets. */
  raw: text.optional(),
};
/** The parts on their own. */
export const FailureDetailSchema = z.strictObject(failureDetail);
export type FailureDetail = z.output<typeof FailureDetailSchema>;

/** One entry per way the product can fail: code → what is known about it. A code without copy does not compile. */
export const errorData = {
  // the contract itself
  'contract/invalid-params': z.strictObject({
    method: text,
    issues: z.array(z.strictObject({ path: text, message: text })),
  }),
  'contract/unknown-method': z.strictObject({ method: text }),
  'contract/forbidden': z.strictObject({ method: text, role: text }),
  'contract/version-mismatch': z.strictObject({ core: z.number(), client: z.number() }),
  'contract/disconnected': z.strictObject({}),
  'contract/invalid-result': z.strictObject({ method: text }),
  'internal/unexpected': z.strictObject({ correlationId: text }),
  // files
  'file/not-found': z.strictObject({ path: text }),
  'file/unreadable': z.strictObject({ path: text, reason: text }),
  'file/unwritable': z.strictObject({ path: text, reason: text }),
  'file/too-large': z.strictObject({ path: text, bytes: z.number(), limit: z.number() }),
  'file/disk-full': z.strictObject({ path: text }),
  'file/outside-folder': z.strictObject({ path: text, folder: text }),
  // workflows
  'workflow/not-json': z.strictObject({ reason: text, offset: z.number() }),
  'workflow/not-a-workflow': z.strictObject({ reason: text }),
  'workflow/no-metadata': z.strictObject({ name: text }),
  'workflow/none-open': z.strictObject({}),
  'workflow/unknown-template': z.strictObject({ name: text, known: z.array(text) }),
  'workflow/cycle': z.strictObject({ titles: z.array(text) }),
  'workflow/not-convertible': z.strictObject({ problems: z.array(ProblemSchema) }),
  'workflow/invalid': z.strictObject({ problems: z.array(ProblemSchema) }),
  // ops and change sets
  'op/unknown-node': z.strictObject({ ...nodeId, known: z.array(text) }),
  'op/duplicate-node': z.strictObject({ ...nodeId }),
  'op/unknown-class': z.strictObject({ classType: text, near: z.array(text) }),
  'op/unknown-widget': z.strictObject({
    ...nodeId,
    nodeTitle: text,
    widget: text,
    known: z.array(text),
  }),
  'op/invalid-value': z.strictObject({
    ...nodeId,
    nodeTitle: text,
    widget: text,
    value: JsonValueSchema,
    expected: text,
    allowed: z.array(JsonValueSchema).optional(),
  }),
  /** `position` is the zero-based character of the formula where it went wrong. */
  'op/invalid-formula': z.strictObject({
    ...nodeId,
    nodeTitle: text,
    widget: text,
    formula: text,
    position: z.number().int().nonnegative(),
    expected: text,
    known: z.array(text).optional(),
  }),
  'op/unknown-input': z.strictObject({
    ...nodeId,
    nodeTitle: text,
    input: text,
    known: z.array(text),
  }),
  'op/unknown-output': z.strictObject({
    ...nodeId,
    nodeTitle: text,
    output: text,
    known: z.array(text),
  }),
  'op/type-mismatch': z.strictObject({ from: text, to: text, output: text, input: text }),
  'op/makes-cycle': z.strictObject({ from: text, to: text }),
  'op/not-linked': z.strictObject({ ...nodeId, nodeTitle: text, input: text }),
  'op/read-only': z.strictObject({ ...nodeId, reason: text }),
  'change/empty': z.strictObject({}),
  'change/unknown': z.strictObject({ changeSetId: text }),
  'change/not-open': z.strictObject({ changeSetId: text, status: text }),
  'change/stale': z.strictObject({ baseRevision: z.number(), currentRevision: z.number() }),
  'change/digest-mismatch': z.strictObject({ changeSetId: text }),
  'change/depends-on-rejected': z.strictObject({ index: z.number(), needs: z.number() }),
  'change/does-not-fit': z.strictObject({ what: text }),
  'change/rejected': z.strictObject({ changeSetId: text, reason: text.optional() }),
  'history/nothing-to-undo': z.strictObject({}),
  'history/nothing-to-redo': z.strictObject({}),
  'history/unknown-entry': z.strictObject({ entry: text, known: z.array(text) }),
  'history/checkpoint-taken': z.strictObject({ name: text }),
  // sessions and turns
  'session/unknown': z.strictObject({ sessionId: text }),
  'session/damaged': z.strictObject({ sessionId: text, reason: text }),
  'session/newer-version': z.strictObject({ sessionId: text, version: z.number() }),
  'turn/busy': z.strictObject({ turnId: text }),
  'turn/unknown': z.strictObject({ turnId: text }),
  'turn/too-many-steps': z.strictObject({ limit: z.number() }),
  'model/unavailable': z.strictObject({ model: text, reason: text }),
  'tool/unknown': z.strictObject({ name: text, near: z.array(text) }),
  'tool/invalid-input': z.strictObject({
    name: text,
    issues: z.array(z.strictObject({ path: text, message: text })),
  }),
  'tool/not-approved': z.strictObject({ name: text, reason: text.optional() }),
  'tool/nobody-to-ask': z.strictObject({ name: text }),
  'tool/not-waiting': z.strictObject({ callId: text }),
  'tool/timed-out': z.strictObject({ name: text, seconds: z.number() }),
  cancelled: z.strictObject({}),
  // ComfyUI
  'comfy/not-connected': z.strictObject({}),
  'comfy/unreachable': z.strictObject({ ...url, reason: text }),
  'comfy/invalid-address': z.strictObject({ ...url }),
  'comfy/not-comfyui': z.strictObject({ ...url }),
  'comfy/refused': z.strictObject({ ...url, status: z.number() }),
  /** `fingerprint` is the SHA-256 of the certificate, "AB:CD:…": what the artist is asked to trust. */
  'comfy/untrusted-certificate': z.strictObject({
    ...url,
    reason: text,
    fingerprint: text,
    issuedTo: text,
    expires: text,
  }),
  'comfy/certificate-changed': z.strictObject({ ...url, fingerprint: text }),
  'comfy/moved': z.strictObject({ ...url, to: text }),
  'comfy/too-old': z.strictObject({ ...url, lacks: text }),
  'comfy/timeout': z.strictObject({ ...url, seconds: z.number() }),
  'comfy/too-large': z.strictObject({ limit: z.number() }),
  'comfy/unreadable-answer': z.strictObject({ ...url, reason: text }),
  'comfy/prompt-refused': z.strictObject({
    type: text,
    message: text,
    problems: z.array(ProblemSchema),
  }),
  'comfy/missing-nodes': z.strictObject({ classTypes: z.array(text) }),
  'comfy/missing-model': z.strictObject({
    nodeTitle: text,
    input: text,
    value: text,
    near: z.array(text),
  }),
  'comfy/no-outputs': z.strictObject({}),
  'comfy/output-missing': z.strictObject({ filename: text }),
  'comfy/unknown-folder': z.strictObject({ folder: text, known: z.array(text) }),
  // comfy-cli, where it is installed; `code` is its own
  'comfy-cli/not-installed': z.strictObject({}),
  'comfy-cli/failed': z.strictObject({ action: text, code: text, message: text }),
  // the servers that the artist named
  'server/unknown': z.strictObject({ ...url }),
  'server/sign-in-lost': z.strictObject({ ...url }),
  // runs
  'run/unknown': z.strictObject({ promptId: text }),
  'run/not-running': z.strictObject({ promptId: text, status: text }),
  /** Told to stop, and asked for by id again and again: it is still the running one. */
  'run/still-running': z.strictObject({
    promptId: text,
    /** The node at work, where that is known. */
    nodeTitle: text.optional(),
    /** How often it was told, and for how long it was waited. */
    asked: z.number().int(),
    seconds: z.number(),
  }),
  'run/lost': z.strictObject({
    promptId: text,
    /** Absent in sessions of before: forgotten. */
    why: z.enum(['forgotten', 'too-large']).optional(),
    /** Pictures of it that were found; absent when they could not be looked for. */
    pictures: z.number().int().nonnegative().optional(),
  }),
  'batch/unknown': z.strictObject({ batchId: text }),
  'batch/decided': z.strictObject({ status: text }),
  'batch/too-many': z.strictObject({ count: z.number(), limit: z.number() }),
  'batch/nothing-varies': z.strictObject({}),
  /** The core was stopped; that many renders were left. */
  'batch/left-off': z.strictObject({ left: z.number().int() }),
  /** Another workflow was opened since. */
  'batch/base-gone': z.strictObject({}),
  'batch/rejected': z.strictObject({}),
  'run/out-of-memory': z.strictObject({
    nodeId: text.optional(),
    nodeTitle: text,
    detail: text,
    ...failureDetail,
  }),
  'run/node-failed': z.strictObject({
    nodeId: text,
    nodeTitle: text,
    classType: text,
    exceptionType: text,
    message: text,
    ...failureDetail,
  }),
  /** Nothing that can be changed in the workflow would settle it. */
  'run/no-fix': z.strictObject({ title: text, steps: z.array(text) }),
  'run/interrupted': z.strictObject({ nodeTitle: text.optional() }),
  // receipts of runs
  'receipt/unknown': z.strictObject({ promptId: text }),
  'receipt/not-yet': z.strictObject({ promptId: text, status: text }),
  'receipt/unreadable': z.strictObject({ name: text, reason: text }),
  'receipt/newer-version': z.strictObject({ name: text, version: z.number() }),
  // the host
  'host/port-in-use': z.strictObject({ port: z.number() }),
  'host/wrong-token': z.strictObject({}),
  'host/too-many-requests': z.strictObject({ client: text, seconds: z.number() }),
  'settings/invalid': z.strictObject({ key: text, reason: text }),
} as const satisfies Record<string, z.ZodType>;

export type ErrorCode = keyof typeof errorData;

/** The data that goes with a code. */
export type ErrorDataOf<C extends ErrorCode> = z.output<(typeof errorData)[C]>;

/** Every expected failure: a stable code and what is known about it. Never a stack, never a secret. */
export type AppError = {
  [C in ErrorCode]: { readonly code: C; readonly data: ErrorDataOf<C> };
}[ErrorCode];

/** The failure of one code. */
export type AppErrorOf<C extends ErrorCode> = Extract<AppError, { readonly code: C }>;

/** Makes an error; the code decides which data it needs. */
export function appError<C extends ErrorCode>(code: C, data: ErrorDataOf<C>): AppErrorOf<C> {
  return { code, data } as unknown as AppErrorOf<C>;
}

/** Reads an error off the wire; an unknown code or unknown data is refused. */
export const AppErrorSchema: z.ZodType<AppError> = z
  .strictObject({ code: z.string(), data: z.unknown() })
  .transform((raw, context) => {
    if (!Object.hasOwn(errorData, raw.code)) {
      context.addIssue({ code: 'custom', message: `unknown error code ${raw.code}` });
      return z.NEVER;
    }
    const code = raw.code as ErrorCode;
    const data = errorData[code].safeParse(raw.data);
    if (!data.success) {
      context.addIssue({ code: 'custom', message: `unexpected data for ${code}` });
      return z.NEVER;
    }
    return { code, data: data.data } as unknown as AppError;
  });
