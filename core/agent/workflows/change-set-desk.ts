import { stringifyExactJson } from '../../base/exact-json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { Actor, ChangeSet } from '../../contract/session.schema.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';
import { applyOps, withoutWorkedOutValues } from '../../domain/workflow/ops/apply-ops.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { describeDiff } from '../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { opDependencies } from '../../domain/workflow/ops/op-dependencies.ts';
import { describeConflict } from '../../domain/workflow/rebase/conflict.ts';
import { rebaseOps } from '../../domain/workflow/rebase/rebase-ops.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Digest, Ids } from '../../ports/ids.ts';
import type { Proposal, ProposalOutcome } from '../../tools/define-tool.ts';
import { openDocument } from './open-document.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** The artist's answer to a change set. */
export interface ChangeSetResponse {
  readonly changeSetId: string;
  readonly digest: string;
  readonly baseRevision: number;
  readonly decision: 'accept' | 'reject';
  readonly acceptedOps?: readonly number[] | undefined;
  readonly reason?: string | undefined;
}

/** Where change sets are put down, decided and applied; nothing else changes a document. */
export interface ChangeSetDesk {
  /** Rehearses, then puts the change set before the artist. A proposal that does not work is refused here. */
  propose(
    store: SessionStore,
    proposal: Proposal,
    from: { readonly by: Actor; readonly turnId?: string },
  ): Result<ChangeSet, AppError>;
  /** Checks that the answer is about exactly what was shown, then applies or rejects it. */
  respond(
    store: SessionStore,
    response: ChangeSetResponse,
    by: Actor,
  ): Promise<Result<ChangeSet, AppError>>;
  /** Takes back a change set that nobody waits for any more. */
  withdraw(store: SessionStore, changeSetId: string): void;
  /** What became of a change set that has been decided. */
  outcomeOf(store: SessionStore, changeSetId: string): ProposalOutcome | undefined;
  /**
   * Call after the workflow changed from `before`: what is still open is proposed again on what it is now,
   * or marked as stale with what clashes.
   */
  followChange(store: SessionStore, before: WorkflowDocument): void;
  /** Call after the node classes changed: what cannot be applied any more is marked as stale, with the reason. */
  followCatalog(store: SessionStore): void;
  /** Marks as stale what was proposed for another workflow. */
  markStale(store: SessionStore): void;
}

interface DeskParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
  readonly catalog: () => NodeCatalog;
}

/** Makes the desk. */
export function createChangeSetDesk({ clock, ids, digest, catalog }: DeskParts): ChangeSetDesk {
  const diffs = new WeakMap<readonly Op[], Pick<ProposalOutcome, 'diff' | 'changes'>>();

  const describe = (
    document: WorkflowDocument,
    changed: WorkflowDocument,
  ): Pick<ProposalOutcome, 'diff' | 'changes'> => {
    const diff = diffWorkflows(document, changed, catalog());
    return { diff, changes: describeDiff(diff) };
  };
  const markStale = (store: SessionStore): void => {
    const revision = store.state.workflow?.revision;
    for (const { changeSetId } of waitingFromBefore(store, revision)) {
      store.dispatch({ type: 'changeset/stale', changeSetId });
    }
  };
  const toDigest = (
    shown: Pick<ChangeSet, 'changeSetId' | 'baseRevision' | 'intent' | 'ops'>,
  ): string => digest(stringifyExactJson(JsonValueSchema.parse(shown)));
  const followChange = (store: SessionStore, before: WorkflowDocument): void => {
    const now = openDocument(store.state);
    const baseRevision = store.state.workflow?.revision ?? 0;
    if (!now.ok) return;
    for (const { changeSetId, intent, ops } of waitingFromBefore(store, baseRevision)) {
      const rebased = rebaseOps(ops, before, now.value, catalog());
      if (!rebased.ok) {
        const conflicts = rebased.error.map(describeConflict);
        store.dispatch({ type: 'changeset/stale', changeSetId, conflicts });
        continue;
      }
      const next = { changeSetId, baseRevision, intent, ops: rebased.value };
      store.dispatch({
        type: 'changeset/rebased',
        changeSetId,
        baseRevision,
        digest: toDigest(next),
        ...(rebased.value === ops ? {} : { ops: rebased.value }),
      });
    }
  };
  const followCatalog = (store: SessionStore): void => {
    const document = openDocument(store.state);
    if (!document.ok) return;
    for (const { changeSetId, status, ops } of store.state.changeSets) {
      if (status !== 'proposed') continue;
      const rehearsal = applyOps(document.value, ops, catalog());
      if (rehearsal.ok) continue;
      const conflicts = [`ComfyUI has other nodes now. ${oneLine(rehearsal.error)}`];
      store.dispatch({ type: 'changeset/stale', changeSetId, conflicts });
    }
  };
  const accept = (
    store: SessionStore,
    changeSet: ChangeSet,
    acceptedOps: readonly number[],
    by: Actor,
  ): Result<void, AppError> => {
    const document = openDocument(store.state);
    if (!document.ok) return document;
    const ops = acceptedOps.map((index) => changeSet.ops[index]).filter((op) => op !== undefined);
    const applied = applyOps(document.value, ops, catalog());
    if (!applied.ok) return applied;
    const { changeSetId } = changeSet;
    const described = describe(document.value, applied.value.document);
    diffs.set(changeSet.ops, described);
    // The decision is in the log before anything changes.
    store.dispatch({ type: 'changeset/accepted', changeSetId, acceptedOps, by });
    const label = described.changes.join('; ') || changeSet.intent;
    store.dispatch({ type: 'changeset/applied', changeSetId, label, patch: applied.value.patch });
    followChange(store, document.value);
    return ok(undefined);
  };

  return {
    propose: (store, { intent, ops: given }, { by, turnId }) => {
      if (given.length === 0) return err(appError('change/empty', {}));
      const document = openDocument(store.state);
      if (!document.ok) return document;
      const asked = withoutWorkedOutValues(given);
      const rehearsal = applyOps(document.value, asked, catalog());
      if (!rehearsal.ok) return rehearsal;
      // From here on formulas are what they came to: that is what is shown and accepted.
      const { ops } = rehearsal.value;
      if (rehearsal.value.patch.entries.length === 0) return err(appError('change/empty', {}));
      const changeSetId = ids.next('change');
      const baseRevision = store.state.workflow?.revision ?? 0;
      const changeSet: ChangeSet = {
        changeSetId,
        baseRevision,
        intent,
        ops,
        digest: toDigest({ changeSetId, baseRevision, intent, ops }),
        status: 'proposed',
        proposedBy: by,
        proposedAt: clock.now(),
        ...(turnId === undefined ? {} : { turnId }),
      };
      store.dispatch({ type: 'changeset/proposed', changeSet });
      return ok(changeSet);
    },
    respond: async (store, response, by) => {
      const { changeSetId } = response;
      const changeSet = findChangeSet(store, changeSetId);
      if (changeSet === undefined) return err(appError('change/unknown', { changeSetId }));
      if (changeSet.digest !== response.digest) {
        return err(appError('change/digest-mismatch', { changeSetId }));
      }
      const current = store.state.workflow?.revision ?? 0;
      if (changeSet.baseRevision !== response.baseRevision || changeSet.baseRevision !== current) {
        markStale(store);
        const { baseRevision } = changeSet;
        return err(appError('change/stale', { baseRevision, currentRevision: current }));
      }
      if (changeSet.status !== 'proposed') {
        return err(appError('change/not-open', { changeSetId, status: changeSet.status }));
      }
      if (response.decision === 'reject') {
        const reason = response.reason === undefined ? {} : { reason: response.reason };
        store.dispatch({ type: 'changeset/rejected', changeSetId, by, ...reason });
      } else {
        const acceptedOps = selectOps(changeSet, response.acceptedOps);
        if (!acceptedOps.ok) return acceptedOps;
        const accepted = accept(store, changeSet, acceptedOps.value, by);
        if (!accepted.ok) return accepted;
      }
      const saved = await store.saved();
      if (!saved.ok) return saved;
      return ok(findChangeSet(store, changeSetId) ?? changeSet);
    },
    withdraw: (store, changeSetId) => {
      const by: Actor = { role: 'core', name: 'Second Unit' };
      store.dispatch({
        type: 'changeset/rejected',
        changeSetId,
        by,
        reason: 'The turn was stopped',
      });
    },
    outcomeOf: (store, changeSetId) => {
      const changeSet = findChangeSet(store, changeSetId);
      if (changeSet === undefined || isOpen(changeSet)) return undefined;
      const wasApplied = changeSet.status === 'applied' || changeSet.status === 'reverted';
      const said = diffs.get(changeSet.ops);
      return {
        changeSetId,
        status: wasApplied ? 'applied' : changeSet.status === 'rejected' ? 'rejected' : 'stale',
        appliedOps: wasApplied ? (changeSet.acceptedOps?.length ?? 0) : 0,
        proposedOps: changeSet.ops.length,
        revision: store.state.workflow?.revision ?? 0,
        diff: said?.diff ?? [],
        changes: said?.changes ?? [],
        ...(changeSet.reason === undefined ? {} : { reason: changeSet.reason }),
        ...(changeSet.conflicts === undefined ? {} : { conflicts: changeSet.conflicts }),
      };
    },
    followChange,
    followCatalog,
    markStale,
  };
}

function findChangeSet(store: SessionStore, changeSetId: string): ChangeSet | undefined {
  return store.state.changeSets.findLast((changeSet) => changeSet.changeSetId === changeSetId);
}

/** What waits for an answer and was made for another revision than this one. */
function waitingFromBefore(
  { state }: SessionStore,
  revision: number | undefined,
): readonly ChangeSet[] {
  return state.changeSets.filter(
    ({ status, baseRevision }) => status === 'proposed' && baseRevision !== revision,
  );
}

/** True until it is settled: an accepted change set is not applied yet. */
function isOpen({ status }: ChangeSet): boolean {
  return status === 'proposed' || status === 'accepted';
}

/** The chosen op indexes in order; refuses an op whose basis was not chosen. */
function selectOps(
  changeSet: ChangeSet,
  chosen: readonly number[] | undefined,
): Result<readonly number[], AppError> {
  const all = changeSet.ops.map((_, index) => index);
  if (chosen === undefined) return ok(all);
  const selected = all.filter((index) => chosen.includes(index));
  if (selected.length === 0) return err(appError('change/empty', {}));
  const dependencies = opDependencies(changeSet.ops);
  for (const index of selected) {
    const needs = dependencies[index]?.find((other) => !selected.includes(other));
    if (needs !== undefined) return err(appError('change/depends-on-rejected', { index, needs }));
  }
  return ok(selected);
}
