import type { Tool } from '@modelcontextprotocol/server';
import type { JsonObject } from '../../base/json.ts';
import type { ToolListing } from '../agents/agent-pool.ts';
import type { Surface } from '../http/wire-names.ts';
import { compactTools } from './compact-tools.ts';
import { annotationsOf } from './tool-annotations.ts';
import { toListedInput, toListedOutput } from './listed-schema.ts';

/** What most conversations need; the rest is in `full`, and found by search in `compact`. At most 24. */
const DEFAULT_TOOLS: readonly string[] = [
  'what_can_you_do',
  'is_comfyui_running',
  'get_system_stats',
  'get_queue_status',
  'load_workflow',
  'list_workflow_templates',
  'get_workflow_template',
  'explain_workflow',
  'find_missing',
  'get_editable_fields',
  'get_node_info',
  'list_models',
  'set_input',
  'apply_workflow_patch',
  'get_workflow_diff',
  'undo_workflow_patch',
  'save_workflow',
  'validate_before_execute',
  'execute_with_progress',
  'get_execution_status',
  'get_output_image',
  'interrupt',
  'explain_last_error',
];

/** Second spellings that tools keep taking, and that no client needs to read about. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  apply_workflow_patch: ['patches'],
  preview_workflow_patch: ['patches'],
};

/** Argument that every tool takes beside its own: which session it is about. */
export const SESSION_ARGUMENT = 'session';

/** The tools of one surface as `tools/list` answers them; `proposalApp` is the page that belongs to a proposal. */
export function toolsOf(
  surface: Surface,
  listings: readonly ToolListing[],
  proposalApp?: string,
): readonly Tool[] {
  if (surface === 'compact') return compactTools;
  const shown =
    surface === 'full'
      ? listings
      : listings.filter((listing) => DEFAULT_TOOLS.includes(listing.name));
  return shown.map((listing) => toTool(listing, proposalApp));
}

/** One tool with everything that is known about it, shortly. */
function toTool(listing: ToolListing, proposalApp?: string): Tool {
  const { name, title, description, effect, inputSchema, outputSchema } = listing;
  return {
    name,
    title,
    description,
    inputSchema: withSession(toListedInput(inputSchema, HIDDEN[name])) as Tool['inputSchema'],
    outputSchema: toListedOutput(outputSchema),
    annotations: annotationsOf(effect),
    ...(effect === 'propose' && proposalApp !== undefined
      ? { _meta: { ui: { resourceUri: proposalApp } } }
      : {}),
  };
}

function withSession(schema: JsonObject): JsonObject {
  const properties = schema['properties'] as JsonObject;
  return { ...schema, properties: { ...properties, [SESSION_ARGUMENT]: { type: 'string' } } };
}
