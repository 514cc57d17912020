import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { diffControls } from './diff-controls.ts';
import { diffViews } from './diff-views.ts';
import { type Part } from './part.ts';

/** What differs on the nodes of two versions; see `diffViews` for `isSettled`. */
export function diffParts(
  before: Part,
  after: Part,
  isSettled?: (id: string) => boolean,
): readonly DiffEntry[] {
  return [...diffViews(before.view, after.view, isSettled), ...diffControls(before, after)];
}
