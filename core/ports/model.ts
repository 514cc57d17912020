import type { Cancellation } from '../base/cancellation.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { AppError } from '../contract/errors.ts';
import type { SessionState } from '../contract/session.schema.ts';
import type { NodeCatalog } from '../domain/workflow/catalog.ts';
import type { WorkflowDocument } from '../domain/workflow/document.ts';

/** One thing said so far in a turn, oldest first. */
export type ModelMessage =
  | { readonly role: 'artist'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string }
  | {
      readonly role: 'tool';
      readonly callId: string;
      readonly name: string;
      readonly input: JsonValue;
      /** What the tool answered; errors carry what would have been right. */
      readonly result:
        | { readonly ok: true; readonly output: JsonValue }
        | { readonly ok: false; readonly error: AppError };
    };

/** A tool as a model sees it. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** What a model may look at when it answers. */
export interface ModelRequest {
  /** Earlier turns as text, then this turn's message and tool results. */
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  readonly document: WorkflowDocument | null;
  readonly catalog: NodeCatalog;
  readonly session: SessionState;
}

/** What a model answers with, as it comes. */
export type ModelEvent =
  | { readonly kind: 'text'; readonly delta: string }
  | {
      readonly kind: 'tool-call';
      readonly callId: string;
      readonly name: string;
      readonly input: JsonValue;
    }
  | { readonly kind: 'suggestions'; readonly suggestions: readonly string[] }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Something that turns a message into text and tool calls. Called again with the results until it calls no tool. */
export interface Model {
  readonly id: string;
  readonly name: string;
  /** True for the built-in assistant, which does only what the words say; no key, no network. */
  readonly isBuiltIn: boolean;
  respond(request: ModelRequest, cancellation: Cancellation): AsyncIterable<ModelEvent>;
}
