import type {
  CallToolResult,
  GetPromptResult,
  InputRequiredResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ServerContext,
  Tool,
} from '@modelcontextprotocol/server';
import type { Disposable } from '../base/disposable.ts';
import type { Result } from '../base/result.ts';
import type { Client } from '../contract/wire/client.ts';
import type { AppError } from '../contract/errors.ts';
import type { ChangeSet } from '../contract/session.schema.ts';
import type { Surface } from './http/wire-names.ts';

/** Time, so that tests decide it; the clock of the ports fits. */
export interface Time {
  /** Unix time in ms. */
  now(): number;
  after(ms: number, callback: () => void): Disposable;
}

/**
 * The artist's own yes and no, held by the host over a connection of the artist's role. The endpoint calls it
 * only with what a person answered to a question about exactly this; the agents' connections cannot reach it.
 */
export interface Consent {
  /** `window`: only our window may say yes. `client`: also the client's user. `accept`: edits are applied at once. */
  policy(): 'window' | 'client' | 'accept';
  /** Refused by the core unless digest and base revision are those of what is open. */
  decide(answer: {
    readonly sessionId: string;
    readonly changeSet: Pick<ChangeSet, 'changeSetId' | 'digest' | 'baseRevision'>;
    readonly decision: 'accept' | 'reject';
    readonly client: string;
    readonly reason?: string | undefined;
  }): Promise<Result<unknown, AppError>>;
  /** Lets a call do what is the artist's own (open, save, undo), or refuses it. */
  decideCall(answer: {
    readonly sessionId: string;
    readonly callId: string;
    readonly decision: 'accept' | 'reject';
    readonly client: string;
    readonly reason?: string | undefined;
  }): Promise<Result<unknown, AppError>>;
  /** Lets a run start, or takes it back. */
  decideRun(answer: {
    readonly sessionId: string;
    readonly promptId: string;
    readonly decision: 'accept' | 'reject';
    readonly client: string;
  }): Promise<Result<unknown, AppError>>;
}

/** Something that a test host adds beside the product's own. */
export interface McpExtras {
  readonly tools?: readonly {
    readonly listing: Tool;
    readonly call: (
      args: Readonly<Record<string, unknown>>,
      ctx: ServerContext,
    ) => Promise<CallToolResult | InputRequiredResult>;
  }[];
  readonly resources?: readonly {
    readonly listing: Resource;
    readonly read: (ctx: ServerContext) => Promise<ReadResourceResult>;
  }[];
  /** Answers addresses that no listed resource has; undefined hands on. */
  readonly readTemplate?: (uri: string) => Promise<ReadResourceResult | undefined>;
  readonly templates?: readonly {
    readonly name: string;
    readonly uriTemplate: string;
    readonly mimeType?: string;
    readonly description?: string;
  }[];
  readonly prompts?: readonly {
    readonly listing: Prompt;
    readonly get: (
      args: Readonly<Record<string, string>>,
      ctx: ServerContext,
    ) => Promise<GetPromptResult | InputRequiredResult>;
    readonly complete?: (argument: string, value: string) => readonly string[];
  }[];
}

/** Bounds of what clients may do. */
export interface McpLimits {
  /** Bytes of one message. */
  readonly messageBytes: number;
  /** Requests of one client: how many at once, and how many a second in the long run. */
  readonly requests: { readonly burst: number; readonly perSecond: number };
  /** The same for calls of tools that change or run something. */
  readonly actions: { readonly burst: number; readonly perSecond: number };
  /** How long a proposal waits for an answer, ms. */
  readonly decisionMs: number;
  /** Connections of the older protocols that are kept. */
  readonly sessions: number;
  /** How long such a connection may be silent, ms. */
  readonly idleMs: number;
}

/** What the endpoint needs from the host. */
export interface McpEndpointParts {
  readonly appVersion: string;
  /** A new connection to the core in the role `agent`. */
  readonly connect: () => Client;
  readonly consent: Consent;
  /** False where no window of ours can say yes, so that what waits for one is refused at once; true unless given. */
  readonly hasWindow?: boolean;
  /** An output's bytes, made no wider than `width` pixels where it is a picture. */
  readonly readPicture: (
    assetId: string,
    width: number | undefined,
  ) => Promise<Result<{ readonly bytes: Uint8Array; readonly mediaType: string }, AppError>>;
  /** The page that draws a change (MCP Apps); undefined where it is not built, and nobody is offered it. */
  readonly readChangeApp?: () => Promise<string | undefined>;
  /** True for the token of this installation as it is now. */
  readonly isToken: (given: string) => boolean | Promise<boolean>;
  readonly time: Time;
  /** A new id that nobody can guess. */
  readonly newId: () => string;
  /** Secret of this process, 32 bytes or more: seals what travels through clients. */
  readonly secret: Uint8Array;
  /** Records a bug and returns the correlation id to show instead. */
  readonly onUnexpected: (cause: unknown) => string;
  /** What clients see that ask for nothing else; "default" unless given. */
  readonly surface?: Surface;
  readonly limits?: Partial<McpLimits>;
  /** Told how many stdio bridges are connected, whenever that changes. */
  readonly onWires?: (count: number) => void;
  readonly extras?: McpExtras;
}

/** What holds unless the host says otherwise: wide for work, narrow for a client that runs wild. */
export const defaultLimits: McpLimits = {
  messageBytes: 4 * 1024 * 1024,
  requests: { burst: 8_000, perSecond: 2_000 },
  actions: { burst: 120, perSecond: 4 },
  decisionMs: 10 * 60_000,
  sessions: 1_000,
  idleMs: 60 * 60_000,
};
