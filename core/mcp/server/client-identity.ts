import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { showsApps } from '../apps/change-app.ts';

/** What a client says about itself. Its name is its own word: it is shown and recorded, and gives no rights. */
export interface ClientIdentity {
  readonly name: string;
  /** True when it can put a question with a form to its user. */
  readonly canAsk: boolean;
  /** True for protocol 2026-07-28, where a question is an answer of its own instead of a request of ours. */
  readonly isModern: boolean;
  /** True when it can show a page of ours beside an answer (MCP Apps). */
  readonly showsApps: boolean;
  /** False for clients older than structured results, which read text only. */
  readonly readsStructure: boolean;
}

const InfoSchema = z.looseObject({ name: z.string(), title: z.string().optional() });
const CapabilitiesSchema = z.looseObject({
  elicitation: z
    .looseObject({ form: z.unknown().optional(), url: z.unknown().optional() })
    .optional(),
});
const FIRST_WITH_STRUCTURE = '2025-06-18';

/** Who sent this request: from the request itself since 2026-07-28, from the handshake before. */
export function identityOf({ server }: McpServer, ctx: ServerContext): ClientIdentity {
  const envelope = ctx.mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  if (envelope !== undefined) {
    return {
      name: nameOf(envelope[CLIENT_INFO_META_KEY]),
      canAsk: canAsk(envelope[CLIENT_CAPABILITIES_META_KEY]),
      showsApps: showsApps(envelope[CLIENT_CAPABILITIES_META_KEY]),
      isModern: true,
      readsStructure: true,
    };
  }
  /* eslint-disable @typescript-eslint/no-deprecated -- on the 2025 protocols the handshake is the only place that says it, and the library gives no other way to read it */
  const version = server.getNegotiatedProtocolVersion();
  return {
    name: nameOf(server.getClientVersion()),
    canAsk: canAsk(server.getClientCapabilities()),
    showsApps: showsApps(server.getClientCapabilities()),
    isModern: false,
    readsStructure: version === undefined || version >= FIRST_WITH_STRUCTURE,
  };
  /* eslint-enable @typescript-eslint/no-deprecated */
}

function nameOf(info: unknown): string {
  const parsed = InfoSchema.safeParse(info);
  return parsed.success ? (parsed.data.title ?? parsed.data.name) : 'MCP client';
}

/** An empty capability means forms, as it did before there were kinds. */
function canAsk(capabilities: unknown): boolean {
  const parsed = CapabilitiesSchema.safeParse(capabilities);
  const elicitation = parsed.success ? parsed.data.elicitation : undefined;
  return (
    elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined)
  );
}
