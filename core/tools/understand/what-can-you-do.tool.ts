import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { type AnyTool, defineTool } from '../define-tool.ts';

const EffectSchema = z.enum(['observe', 'propose', 'execute', 'configure']);

const ABILITIES = [
  { effect: 'observe', title: 'Look, without changing anything' },
  { effect: 'propose', title: 'Propose changes, which you accept or turn down' },
  { effect: 'execute', title: 'Do something with your go-ahead' },
  { effect: 'configure', title: 'Change settings with your go-ahead' },
] as const;

/** Answers "what can you do?" from the registry itself; `others` are all tools but this one. */
export function whatCanYouDo(others: readonly AnyTool[]): AnyTool {
  return defineTool({
    name: 'what_can_you_do',
    title: 'What can you do?',
    description:
      'Answers “what can you do?”: everything that Second Unit can look at, propose and run, and what waits for the artist’s yes.',
    effect: 'observe',
    input: z.strictObject({}),
    output: z.strictObject({
      abilities: z
        .array(
          z.strictObject({
            effect: EffectSchema.describe('What such a tool does to the world'),
            title: z.string().describe('The same in words'),
            tools: z
              .array(z.strictObject({ name: z.string(), title: z.string() }))
              .readonly()
              .describe('The tools that do it'),
          }),
        )
        .readonly()
        .describe('Tools by what they do'),
    }),
    describeCall: () => 'Say what I can do',
    describeResult: ({ abilities }) =>
      abilities
        .map(({ title, tools }) => `${title}: ${tools.map((tool) => tool.title).join(', ')}.`)
        .join('\n'),
    handler: async () => {
      const abilities = ABILITIES.map(({ effect, title }) => ({
        effect,
        title,
        tools: others
          .filter((tool) => tool.effect === effect)
          .map((tool) => ({ name: tool.name, title: tool.title })),
      }));
      return ok({ abilities: abilities.filter(({ tools }) => tools.length > 0) });
    },
  });
}
