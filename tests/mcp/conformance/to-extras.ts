import type { McpExtras } from '../../../core/mcp/endpoint-parts.ts';
import { askingTools } from './asking-tools.ts';
import { contentTools } from './content-tools.ts';
import { fixturePrompts, fixtureResources, fixtureTemplate } from './fixture-contents.ts';
import { type FixtureHooks, toReadResult } from './fixture.ts';
import { inputTools } from './input-tools.ts';

/** Everything that the conformance suites look for, as what a host may add to the endpoint. */
export function toExtras(hooks: FixtureHooks): McpExtras {
  const { uriTemplate, name, description, mimeType, read } = fixtureTemplate;
  return {
    tools: [...contentTools, ...askingTools, ...inputTools].map((tool) => ({
      listing: {
        name: tool.name,
        description: tool.description,
        inputSchema: { ...tool.inputSchema, type: 'object' as const },
      },
      call: (args, ctx) => tool.call(args, ctx, hooks),
    })),
    resources: fixtureResources.map((resource) => ({
      listing: {
        uri: resource.uri,
        name: resource.name,
        description: resource.description,
        mimeType: resource.mimeType,
      },
      read: async () => toReadResult(resource),
    })),
    templates: [{ uriTemplate, name, description, mimeType }],
    readTemplate: async (uri) => {
      const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
      return id === undefined ? undefined : { contents: [{ uri, mimeType, text: read(id) }] };
    },
    prompts: fixturePrompts.map((prompt) => ({
      listing: {
        name: prompt.name,
        description: prompt.description,
        arguments: prompt.arguments.map((argument) => ({ name: argument, required: true })),
      },
      get: (args, ctx) => prompt.get(args, ctx),
      complete: () => [],
    })),
  };
}
