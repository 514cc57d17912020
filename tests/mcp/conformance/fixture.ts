import type {
  CallToolResult,
  GetPromptResult,
  InputRequiredResult,
  ReadResourceResult,
  ServerContext,
} from '@modelcontextprotocol/server';

/** What a fixture may do to the server that holds it. */
export interface FixtureHooks {
  toolsChanged(): void;
  promptsChanged(): void;
  /** Seals what a tool wants back in the next round. */
  mint(payload: unknown, ctx: ServerContext): Promise<string>;
}

/** A tool that the conformance suite expects by name. */
export interface FixtureTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  call(
    args: Readonly<Record<string, unknown>>,
    ctx: ServerContext,
    hooks: FixtureHooks,
  ): Promise<CallToolResult | InputRequiredResult>;
}

/** A resource that the suite reads. */
export interface FixtureResource {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly mimeType: string;
  readonly content: { readonly text: string } | { readonly blob: string };
}

/** A prompt that the suite gets. */
export interface FixturePrompt {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly string[];
  get(
    args: Readonly<Record<string, string>>,
    ctx: ServerContext,
  ): Promise<GetPromptResult | InputRequiredResult>;
}

/** No arguments. */
export const EMPTY_SCHEMA = { type: 'object', properties: {} } as const;

/** A PNG of one pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

/** A WAV without a sample. */
export const SILENCE = Buffer.concat([
  Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0', 'latin1'),
  Buffer.from([0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0]),
  Buffer.from('data\0\0\0\0', 'latin1'),
]).toString('base64');

/** A result that says one thing. */
export function say(text: string): CallToolResult {
  return { content: [{ type: 'text', text }] };
}

/** A resource as `resources/read` answers it. */
export function toReadResult({ uri, mimeType, content }: FixtureResource): ReadResourceResult {
  return { contents: [{ uri, mimeType, ...content }] };
}
