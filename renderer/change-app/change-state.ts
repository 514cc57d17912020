import { parseExactJson } from '../../core/base/exact-json.ts';
import { isJsonObject } from '../../core/base/json.ts';
import { type ChangeView, ChangeViewSchema } from '../../core/contract/change-view.schema.ts';
import type { ToolResult } from './host-link.ts';

/** What the page shows. */
export type ChangeState =
  | { readonly kind: 'waiting'; readonly view?: ChangeView }
  | { readonly kind: 'decided'; readonly view: ChangeView }
  /** The host gave no picture of it, only words. */
  | { readonly kind: 'told'; readonly text: string; readonly isError: boolean };

const META = 'second-unit/change';

/** The change in a tool's result; the result's own words where there is none. */
export function readResult(result: ToolResult): ChangeState {
  const text = result._meta?.[META];
  const view = typeof text === 'string' ? readView(text) : undefined;
  if (view !== undefined) return { kind: 'decided', view };
  const words = (result.content ?? []).find(({ type }) => type === 'text')?.text;
  return { kind: 'told', text: words ?? 'It is done.', isError: result.isError === true };
}

/** The newest change that waits, out of what our server has at `second-unit://sessions/…/review`. */
export function readWaiting(text: string): ChangeView | undefined {
  const parsed = parseExactJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const { pending } = parsed.value;
  const newest: unknown = Array.isArray(pending) ? pending.at(-1) : undefined;
  const view = ChangeViewSchema.safeParse(newest);
  return view.success ? view.data : undefined;
}

function readView(text: string): ChangeView | undefined {
  const parsed = parseExactJson(text);
  const view = parsed.ok ? ChangeViewSchema.safeParse(parsed.value) : undefined;
  return view?.success === true ? view.data : undefined;
}

/** Where the change stands, for the artist. */
export function describeState(state: ChangeState): {
  readonly tone: string;
  readonly text: string;
} {
  if (state.kind === 'told') {
    return state.isError ? { tone: 'no', text: 'Not changed' } : { tone: 'yes', text: 'Done' };
  }
  if (state.kind === 'waiting') return { tone: 'open', text: 'Waits for the artist' };
  switch (state.view.status) {
    case 'applied':
    case 'accepted':
      return { tone: 'yes', text: 'Accepted' };
    case 'rejected':
      return { tone: 'no', text: 'Turned down' };
    case 'stale':
      return { tone: 'no', text: 'Out of date' };
    case 'reverted':
      return { tone: 'no', text: 'Undone' };
    case 'proposed':
      return { tone: 'open', text: 'Waits for the artist' };
  }
}
