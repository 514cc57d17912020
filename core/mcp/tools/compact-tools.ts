import type { CallToolResult, Tool } from '@modelcontextprotocol/server';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { JsonObjectSchema } from '../../contract/json.schema.ts';
import { nearestNames } from '../../domain/workflow/nearest-name.ts';
import type { ToolListing } from '../agents/agent-pool.ts';

/** Three tools that lead to all others, for clients with little room. */
export const compactTools: readonly Tool[] = [
  {
    name: 'find_tools',
    title: 'Find tools',
    description:
      'Finds tools of Second Unit, the co-pilot for ComfyUI, by what they are for, e.g. "change a setting", "render", "what went wrong". Without a query: all of them.',
    inputSchema: {
      type: 'object',
      properties: { query: { type: 'string', description: 'What you want to do' } },
      additionalProperties: false,
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'describe_tool',
    title: 'Describe a tool',
    description: 'Gives one tool’s description and its input and output schema.',
    inputSchema: {
      type: 'object',
      properties: { name: { type: 'string', description: 'As find_tools gives it' } },
      required: ['name'],
      additionalProperties: false,
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'call_tool',
    title: 'Call a tool',
    description:
      'Calls a tool that find_tools found. What changes or runs something waits for the artist’s yes.',
    inputSchema: {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'As find_tools gives it' },
        arguments: { type: 'object', description: 'As describe_tool says' },
      },
      required: ['name'],
      additionalProperties: false,
    },
    annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
  },
];

const MOST = 12;

/** Answers `find_tools`: the tools that share words with the query, best first. */
export function findTools(query: string, listings: readonly ToolListing[]): CallToolResult {
  const wanted = wordsOf(query);
  const scored = listings.map((listing) => ({ listing, score: scoreOf(listing, wanted) }));
  const hits = scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  const found = wanted.length === 0 ? listings : hits.slice(0, MOST).map(({ listing }) => listing);
  const lines = found.map(({ name, description }) => `${name}: ${firstSentence(description)}`);
  const text =
    lines.length === 0 ? 'No tool fits. Leave the query out to see all.' : lines.join('\n');
  return { content: [{ type: 'text', text }] };
}

/** Answers `describe_tool`: everything about it, unshortened. */
export function describeTool(name: string, listings: readonly ToolListing[]): CallToolResult {
  const listing = listings.find((candidate) => candidate.name === name);
  if (listing === undefined) {
    const near = nearestNames(
      name,
      listings.map((known) => known.name),
      3,
    );
    const hint = near.length === 0 ? '' : ` Did you mean ${near.join(', ')}?`;
    return {
      content: [{ type: 'text', text: `There is no tool "${name}".${hint}` }],
      isError: true,
    };
  }
  const text = stringifyExactJson(JsonObjectSchema.parse(listing));
  return { content: [{ type: 'text', text }] };
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);
}

/** A word in the name counts more than one in the description; a word's stem counts as the word. */
function scoreOf({ name, title, description }: ToolListing, wanted: readonly string[]): number {
  const named = wordsOf(`${name} ${title}`);
  const described = wordsOf(description);
  const has = (words: readonly string[], word: string): boolean =>
    words.some(
      (known) => known === word || (word.length > 3 && known.startsWith(word.slice(0, 4))),
    );
  return wanted.reduce(
    (sum, word) => sum + (has(named, word) ? 3 : 0) + (has(described, word) ? 1 : 0),
    0,
  );
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
