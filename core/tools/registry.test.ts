import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import {
  callTool,
  emptyContext,
  proposeWith,
  toolContext,
} from '../../tests/fakes/tool-context.ts';
import { findTool, tools } from './registry.ts';
import { toModelTool, toToolListing } from './to-model-tool.ts';

/** An input for every tool that needs one. */
const inputs: Readonly<Record<string, JsonValue>> = {
  load_workflow: { path: 'shot.json' },
  get_workflow_template: { template: 'nothing of the kind' },
  get_node_info: { node_type: 'KSampler' },
  list_models: { model_type: 'vae' },
  set_input: { node_id: '3', input_name: 'steps', value: 30 },
  add_node: { class_type: 'SaveImage' },
  connect_nodes: { from_node: '4', from_output: 0, to_node: '3', to_input: 'model' },
  add_checkpoint: { name: 'approved' },
  go_to_checkpoint: { checkpoint: 'approved' },
  apply_workflow_patch: {
    intent: 'x',
    ops: [{ op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }],
  },
  preview_workflow_patch: {
    intent: 'x',
    ops: [{ op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }],
  },
};

describe('the registry', () => {
  it('has every tool that was promised, once, in snake case', () => {
    const names = tools.map((tool) => tool.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(names).toEqual(
      expect.arrayContaining(
        'load_workflow get_editable_fields get_node_info list_models validate_workflow set_input add_node connect_nodes apply_workflow_patch preview_workflow_patch undo_workflow_patch redo get_workflow_diff save_workflow validate_before_execute execute_with_progress get_execution_status interrupt get_system_stats get_queue_status'.split(
          ' ',
        ),
      ),
    );
  });

  it.each(tools.map((tool) => [tool.name, tool] as const))(
    'describes %s and all that it takes and gives, shortly',
    (_name, tool) => {
      expect(tool.title).toMatch(/^[A-Z].*[^.]$/);
      expect(tool.description).toMatch(/^[A-Z].*\.$/);
      expect(tool.description.length).toBeLessThanOrEqual(300);
      const { inputSchema, outputSchema } = toToolListing(tool);
      expect(inputSchema['type']).toBe('object');
      expect(inputSchema['additionalProperties']).toBe(false);
      for (const schema of [inputSchema, outputSchema]) {
        const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
        for (const [key, property] of Object.entries(properties)) {
          expect(property, key).toMatchObject({ description: expect.stringMatching(/\w/) });
        }
      }
    },
  );

  it('shows a model every edit with what belongs to it', () => {
    const tool = findTool('apply_workflow_patch');
    if (!tool.ok) throw new Error(tool.error.code);
    const schema = JSON.stringify(toModelTool(tool.value).inputSchema);
    for (const word of [
      'set_widget',
      'add_node',
      'replace_node',
      'connect',
      'set_mode',
      'widget',
    ]) {
      expect(schema).toContain(`"${word}"`);
    }
    expect(schema).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });

  it.each(
    tools.filter((tool) => tool.effect === 'propose').map((tool) => [tool.name, tool] as const),
  )('lets %s touch neither the session nor ComfyUI', async (name, tool) => {
    const context = toolContext({ comfy: null });
    // A workflow with nothing wrong leaves nothing to mend.
    const expected = name === 'propose_fix' ? { error: { code: 'run/no-fix' } } : { ok: true };
    expect(await proposeWith(tool, inputs[name] ?? {}, context)).toMatchObject(expected);
  });

  it.each(
    tools.filter((tool) => tool.effect === 'observe').map((tool) => [tool.name, tool] as const),
  )('lets %s look without touching the session, whatever is there', async (name, tool) => {
    for (const context of [toolContext(), emptyContext(), emptyContext({ comfy: null })]) {
      const outcome = await callTool(tool, inputs[name] ?? {}, context);
      expect(typeof outcome.ok).toBe('boolean');
    }
  });

  it('says in words what every tool is about to do', () => {
    for (const tool of tools) {
      const input = tool.input.parse(inputs[tool.name] ?? {});
      expect(tool.describeCall(input, emptyContext())).toMatch(/\w/);
    }
  });

  it('finds a tool by name and names the nearest when there is none', () => {
    expect(findTool('redo')).toMatchObject({ ok: true, value: { name: 'redo' } });
    expect(findTool('set_inputs')).toMatchObject({
      ok: false,
      error: { code: 'tool/unknown', data: { near: expect.arrayContaining(['set_input']) } },
    });
    expect(findTool('constructor')).toMatchObject({ ok: false });
  });
});
