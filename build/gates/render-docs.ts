import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
} from '../../core/base/json.ts';
import { artistMessage } from '../../core/domain/errors/artist-message.ts';
import { sampleErrors } from '../../core/domain/errors/error-samples.ts';
import { exitMeanings, toExitCode } from '../../core/domain/errors/exit-codes.ts';
import type { AnyTool, ToolEffect } from '../../core/tools/define-tool.ts';
import { tools } from '../../core/tools/registry.ts';
import { toToolListing } from '../../core/tools/to-model-tool.ts';

const effects = {
  observe: 'looks, changes nothing',
  propose: 'puts edits forward; the artist reviews them first',
  execute: 'does something that is recorded, such as rendering, saving, undoing',
  configure: 'changes a setting of Second Unit',
} as const satisfies Record<ToolEffect, string>;

/** The tool reference, from the registry. */
export function renderToolsPage(): string {
  return [
    '# Tools',
    'Generated from `core/tools/registry.ts` by `build/gates/generate-docs.ts`. Do not edit.',
    'The assistant, the MCP server and the window use the same tools. What a tool may do is decided by its effect alone:',
    Object.entries(effects)
      .map(([effect, meaning]) => `- **${effect}** ${meaning}`)
      .join('\n'),
    table(
      ['Tool', 'Effect', 'What it is'],
      tools.map((tool) => [`[\`${tool.name}\`](#${tool.name})`, tool.effect, tool.title]),
    ),
    ...tools.map(renderTool),
  ].join('\n\n');
}

/** Every error, as an artist reads it, with the exit code that a terminal command ends with. */
export function renderErrorsPage(): string {
  const errors = sampleErrors().map((error) => {
    const { title, body, nextSteps } = artistMessage(error);
    const steps = nextSteps.map(({ label, command }) =>
      command === undefined ? `- ${label}` : `- ${label} (\`${command}\`)`,
    );
    const code = toExitCode(error);
    return `## \`${error.code}\`\n\n**${title}.** ${body}\n\n${steps.join('\n')}\n\nExit code ${String(code)}.`;
  });
  return [
    '# Errors',
    'Generated from `core/domain/errors` by `build/gates/generate-docs.ts`. Do not edit.',
    'Each error has a stable code. Below is what an artist reads, with made-up names in it, and what they can do next; a command in brackets is what the button does.',
    table(
      ['Exit code', 'Means'],
      Object.entries(exitMeanings).map(([code, meaning]) => [code, meaning]),
    ),
    ...errors,
  ].join('\n\n');
}

function renderTool(tool: AnyTool): string {
  const { inputSchema, outputSchema } = toToolListing(tool);
  return [
    `## ${tool.name}`,
    `**${tool.title}** (${tool.effect}). ${tool.description}`,
    renderFields('Takes', inputSchema) ?? 'Takes nothing.',
    renderFields('Gives', outputSchema) ?? 'Gives nothing.',
  ].join('\n\n');
}

function renderFields(heading: string, schema: JsonObject): string | undefined {
  const properties = objectAt(schema, 'properties');
  const required = isJsonArray(schema['required']) ? schema['required'] : [];
  const rows = Object.entries(properties).map(([name, field]) => [
    `\`${name}\`${required.includes(name) ? '' : ' (optional)'}`,
    isJsonObject(field) ? typeOf(field) : 'anything',
    isJsonObject(field) && typeof field['description'] === 'string' ? field['description'] : '',
  ]);
  return rows.length === 0 ? undefined : table([heading, 'Type', 'What it is'], rows);
}

function typeOf(schema: JsonObject): string {
  const options = [schema['anyOf'], schema['oneOf']].find(isJsonArray);
  if (options !== undefined) return unionOf(options);
  if (isJsonArray(schema['enum'])) return schema['enum'].map(String).join(', ');
  if (schema['type'] === 'array') {
    const items = objectAt(schema, 'items');
    return `list of ${typeOf(items)}`;
  }
  const limits = [
    typeof schema['minimum'] === 'number' ? `from ${String(schema['minimum'])}` : '',
    typeof schema['maximum'] === 'number' ? `to ${String(schema['maximum'])}` : '',
  ].filter((limit) => limit !== '');
  const type = typeof schema['type'] === 'string' ? schema['type'] : 'anything';
  return [type, ...limits].join(' ');
}

/** Names the options by their constant (an op, a kind) where they have one. */
function unionOf(options: readonly JsonValue[]): string {
  const names = options.filter(isJsonObject).map((option) => {
    const constants = Object.values(objectAt(option, 'properties'))
      .filter(isJsonObject)
      .map((property) => property['const']);
    const name = constants.find((constant) => typeof constant === 'string');
    return name === undefined ? typeOf(option) : `\`${name}\``;
  });
  return [...new Set(names)].join(' or ');
}

function objectAt(schema: JsonObject, key: string): JsonObject {
  const child = schema[key];
  return isJsonObject(child) ? child : {};
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
