import type { ReadResourceResult, Resource } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { ChangeView } from '../../contract/change-view.schema.ts';
import type { Client } from '../../contract/wire/client.ts';
import type { ChangeSet, OpenWorkflow } from '../../contract/session.schema.ts';
import { applyOps } from '../../domain/workflow/ops/apply-ops.ts';
import { nodesToDraw, toChangeSide } from '../../domain/workflow/diff/change-side.ts';
import { describeDiff } from '../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../domain/workflow/diff/diff-workflows.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import { readWorkflowCatalog } from '../resources/describe-change-set.ts';

/** The extension of MCP Apps, as both sides name it among their capabilities (SEP-1865). */
export const UI_EXTENSION = 'io.modelcontextprotocol/ui';
/** What such a page is. */
export const APP_MIME_TYPE = 'text/html;profile=mcp-app';
/** Address of the page that draws a change. */
export const CHANGE_APP_URI = 'ui://second-unit/change';
/** Key of a result's `_meta` with the change for that page; models do not see it. */
export const CHANGE_META = 'second-unit/change';

/** The page as `resources/list` tells clients that can show it. */
export const changeAppResource: Resource = {
  uri: CHANGE_APP_URI,
  name: 'change',
  title: 'Proposed change',
  description: 'Draws what a proposal changes in the workflow. Accepting stays in Second Unit.',
  mimeType: APP_MIME_TYPE,
};

/** The page itself: it asks for nothing from any network and for no permission. */
export function toAppContents(html: string): ReadResourceResult {
  const _meta = { ui: { csp: {}, prefersBorder: true } };
  return { contents: [{ uri: CHANGE_APP_URI, mimeType: APP_MIME_TYPE, text: html, _meta }] };
}

const CapabilitiesSchema = z.looseObject({
  extensions: z.looseObject({
    [UI_EXTENSION]: z.looseObject({
      mimeTypes: z.array(z.string()).default([APP_MIME_TYPE]),
    }),
  }),
});

/** True for a client that shows pages of this kind. */
export function showsApps(capabilities: unknown): boolean {
  const parsed = CapabilitiesSchema.safeParse(capabilities);
  return parsed.success && parsed.data.extensions[UI_EXTENSION].mimeTypes.includes(APP_MIME_TYPE);
}

/** A larger picture of a change than this is not sent; characters of JSON. */
const SIDES_LIMIT = 256 * 1024;

/** A change set for the page, on the workflow that it was made for. */
export async function toChangeView(
  client: Client,
  workflow: OpenWorkflow,
  changeSet: ChangeSet,
): Promise<ChangeView> {
  const { changeSetId, intent, status, proposedBy, reason, acceptedOps } = changeSet;
  // Of what was accepted in part, that part is what there is to see.
  const ops = changeSet.ops.filter((_op, index) => acceptedOps?.includes(index) ?? true);
  const facts = {
    changeSetId,
    intent,
    status,
    proposedBy: proposedBy.name,
    workflow: workflow.name,
    ...(reason === undefined ? {} : { reason }),
  };
  const before = { format: workflow.format, root: workflow.document };
  const catalog = await readWorkflowCatalog(client, workflow.document, ops);
  const changed = applyOps(before, ops, catalog);
  if (!changed.ok) return { ...facts, changes: [intent], diff: [] };
  const after = changed.value.document;
  const diff = diffWorkflows(before, after, catalog);
  const views = [viewWorkflow(before, catalog), viewWorkflow(after, catalog)] as const;
  const drawn = nodesToDraw(...views, diff);
  const sides = { before: toChangeSide(views[0], drawn), after: toChangeSide(views[1], drawn) };
  const size = JSON.stringify(sides, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ).length;
  const view = { ...facts, diff, changes: describeDiff(diff) };
  return size > SIDES_LIMIT ? view : { ...view, sides };
}
