import { useMemo } from 'react';
import type { Result } from '../../../core/base/result.ts';
import type { AppError } from '../../../core/contract/errors.ts';
import type { ChangeSet, SessionState } from '../../../core/contract/session.schema.ts';
import { opDependencies } from '../../../core/domain/workflow/ops/op-dependencies.ts';
import type { AppState } from '../../state/app-state.ts';
import { useApp } from '../../state/app-context.ts';
import type { OpNeeds } from './choose-ops.ts';
import { type OpRow, describeOps } from './describe-ops.ts';
import { type ChangePreview, documentOf, previewChangeSet } from './preview-change-set.ts';

const NONE: readonly number[] = [];

/** Ops that are not part of it: unticked while it waits, not accepted once it was decided. */
export function leftOutOf(
  state: { readonly view: Pick<AppState['view'], 'leftOut'> },
  changeSet: ChangeSet,
): readonly number[] {
  if (changeSet.status === 'proposed') return state.view.leftOut[changeSet.changeSetId] ?? NONE;
  const { acceptedOps } = changeSet;
  if (acceptedOps === undefined) return NONE;
  return changeSet.ops.map((_, index) => index).filter((index) => !acceptedOps.includes(index));
}

/** The change set that the graph shows: the chosen one, else the newest that waits for an answer. */
export function shownChangeSet(
  session: SessionState | null,
  chosenId: string | null,
): ChangeSet | undefined {
  const sets = session?.changeSets ?? [];
  if (chosenId !== null) return sets.find((item) => item.changeSetId === chosenId);
  return sets.findLast((item) => item.status === 'proposed');
}

/** Both sides of a change set, computed again only when something it depends on changed. */
export function useChangePreview(
  changeSet: ChangeSet | undefined,
): Result<ChangePreview, AppError> | undefined {
  const workflow = useApp((state) => state.session?.state.workflow ?? null);
  const catalog = useApp((state) => state.catalog);
  const chosen = useApp((state) =>
    changeSet?.status === 'proposed' ? state.view.leftOut[changeSet.changeSetId] : undefined,
  );
  return useMemo(() => {
    if (changeSet === undefined || workflow === null) return undefined;
    return previewChangeSet(workflow, changeSet, chosen ?? NONE, catalog);
  }, [changeSet, workflow, chosen, catalog]);
}

/** The rows of a card and what each needs. The document behind them is the one before the change. */
export function useOpRows(changeSet: ChangeSet): { rows: readonly OpRow[]; needs: OpNeeds } {
  const workflow = useApp((state) => state.session?.state.workflow ?? null);
  const catalog = useApp((state) => state.catalog);
  return useMemo(() => {
    const needs = opDependencies(changeSet.ops);
    if (workflow === null) return { rows: describeOps(changeSet.ops, undefined, catalog), needs };
    const isFresh = changeSet.baseRevision === workflow.revision;
    const preview = isFresh ? undefined : previewChangeSet(workflow, changeSet, NONE, catalog);
    const decided = preview?.ok === true ? preview.value.before : undefined;
    const before = isFresh ? documentOf(workflow) : decided;
    return { rows: describeOps(changeSet.ops, before, catalog, documentOf(workflow)), needs };
  }, [changeSet, workflow, catalog]);
}
