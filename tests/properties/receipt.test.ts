import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../core/base/json.ts';
import { ReceiptSchema } from '../../core/contract/run/receipt.schema.ts';
import { type Run, RunStatusSchema } from '../../core/contract/run/run.schema.ts';
import type { ChangeSet, HistoryEntry, SessionState } from '../../core/contract/session.schema.ts';
import type { DocumentPatch } from '../../core/contract/workflow.schema.ts';
import { completeReceipt } from '../../core/domain/run/receipt/complete-receipt.ts';
import { receiptFileName, receiptText } from '../../core/domain/run/receipt/describe-receipt.ts';
import { findDrift } from '../../core/domain/run/receipt/find-drift.ts';
import { parseReceipt, serializeReceipt } from '../../core/domain/run/receipt/read-receipt.ts';
import { startReceipt } from '../../core/domain/run/receipt/start-receipt.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';
import { PROPERTY_RUNS, arbitraryOps, arbitraryWorkflow } from './arbitrary-workflow.ts';

const catalog = coreCatalog();
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const time = fc.integer({ min: 0, max: 40 });
const word = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('__proto__', '1', '', 'seed'));
const anyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map((value) => value as JsonValue),
  fc.bigInt({ min: 0n, max: 2n ** 64n }),
  fc.tuple(word, fc.integer({ min: 0, max: 3 })),
  fc.constantFrom('a.safetensors', 'plate.png [output]', 'x'.repeat(400)),
);
const setting = fc.oneof(word, fc.constantFrom('noise_seed', 'ckpt_name', 'lora_name', 'image'));
const payloads: fc.Arbitrary<JsonObject | null> = fc.option(
  fc.dictionary(
    word,
    fc.oneof(
      anyJson,
      fc.record({
        class_type: fc.oneof(fc.constantFrom('KSampler', 'LoadImage', 'LoraLoader'), anyJson),
        inputs: fc.oneof(fc.dictionary(setting, anyJson), anyJson),
        _meta: fc.oneof(fc.record({ title: anyJson }), anyJson),
      }),
    ),
  ),
  { nil: null },
);
const actor = fc.record({ role: fc.constantFrom('artist', 'agent', 'core'), name: word });
const runs: fc.Arbitrary<Run> = fc.record(
  {
    promptId: word,
    status: fc.constantFrom(...RunStatusSchema.options),
    requestedBy: word,
    turnId: word,
    revision: fc.nat(9),
    server: word,
    payloadDigest: word,
    keyValues: fc.constant({}),
    label: word,
    proposedAt: time,
    queuedAt: time,
    startedAt: time,
    endedAt: time,
    outputs: fc.constant([]),
    warnings: fc.constant([]),
  },
  {
    requiredKeys: [
      'promptId',
      'status',
      'requestedBy',
      'revision',
      'server',
      'payloadDigest',
      'keyValues',
      'label',
      'proposedAt',
      'outputs',
      'warnings',
    ],
  },
);

/** A session whose history holds real steps, and steps that fit nothing any more. */
const sessions: fc.Arbitrary<SessionState> = arbitraryWorkflow(catalog).chain((document) =>
  fc
    .record({
      ops: arbitraryOps(document, catalog),
      runs: fc.array(runs, { maxLength: 4 }),
      times: fc.array(time, { minLength: 8, maxLength: 8 }),
      authors: fc.array(actor, { minLength: 2, maxLength: 2 }),
      messages: fc.array(word, { maxLength: 3 }),
      isOpen: fc.boolean(),
    })
    .map((parts): SessionState => {
      const changed = applyOps(document, parts.ops, catalog);
      const patches: readonly DocumentPatch[] = changed.ok
        ? [changed.value.patch, { entries: [] }, changed.value.patch]
        : [{ entries: [] }];
      const [author = { role: 'artist', name: 'artist' } as const] = parts.authors;
      const history = patches.map((patch, index): HistoryEntry => ({
        entryId: String(index + 1),
        parentId: String(index),
        label: 'A change',
        patch,
        changeSetId: `change-${String(index)}`,
        at: parts.times[index] ?? 0,
      }));
      const changeSets = parts.ops.length === 0 ? [] : history.map(toChangeSet);
      function toChangeSet({ changeSetId = '' }: HistoryEntry): ChangeSet {
        const set = { changeSetId, baseRevision: 0, intent: 'because', ops: parts.ops, digest: '' };
        return {
          ...set,
          status: 'applied',
          proposedBy: author,
          proposedAt: 0,
          acceptedOps: [0, 99],
        };
      }
      const root = changed.ok ? changed.value.document.root : document.root;
      return {
        sessionId: 'session',
        title: 'Shot',
        createdAt: 0,
        updatedAt: 0,
        workflow: parts.isOpen
          ? {
              name: 'shot',
              path: null,
              format: document.format,
              document: root,
              revision: 1,
              savedRevision: null,
              history,
              position: Math.min(history.length, parts.times[7] ?? 0),
            }
          : null,
        turns: parts.messages.map((message, index) => ({
          turnId: parts.runs[index]?.turnId ?? '',
          message,
          author,
          status: 'done',
          parts: [],
          startedAt: 0,
        })),
        changeSets,
        runs: parts.runs,
      };
    }),
);

describe(`for ${String(PROPERTY_RUNS)} random sessions`, () => {
  it('a receipt can be opened, closed, stored, read, told and compared, and nothing throws', () => {
    let looked = 0;
    fc.assert(
      fc.property(sessions, runs, payloads, (state, other, payload) => {
        for (const run of [...state.runs, other]) {
          const start = { state, run, payload, intended: [], catalog, appVersion: '1', digest };
          const open = startReceipt(start);
          const { models, inputs } = open;
          const found = { outputs: [], models, inputs, nodeTimes: [], gaps: [] };
          const receipt = completeReceipt(open, { run, ...found });
          expect(ReceiptSchema.safeParse(receipt).error?.issues).toBeUndefined();
          const again = parseReceipt(serializeReceipt(receipt), 'receipt');
          expect(again.ok && serializeReceipt(again.value)).toBe(serializeReceipt(receipt));
          expect(receiptText(receipt)).toContain('Receipt of');
          expect(receiptFileName(run)).toMatch(/\.receipt\.json$/);
          const now = { pictures: [], server: undefined, models: [], inputs: [], outputs: [] };
          const { digest: payloadDigest } = receipt.payload;
          expect(findDrift(receipt, { ...now, payloadDigest, classes: [] }).drift).toEqual([]);
          looked += 1;
        }
      }),
      { numRuns: PROPERTY_RUNS },
    );
    expect(looked).toBeGreaterThan(PROPERTY_RUNS);
  });
});
