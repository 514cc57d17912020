// What the endpoint and our own bridge both have to know. No import here: the bridge has to start quickly.

/** Where Streamable HTTP is served. */
export const MCP_PATH = '/mcp';
/** Where the older transport opens its stream of events. */
export const SSE_PATH = '/sse';
/** Where the older transport posts its messages. */
export const MESSAGES_PATH = '/messages';
/** Where a loopback request becomes a plain line of MCP messages. */
export const WIRE_PATH = '/mcp/wire';
/** Name of the upgrade that makes it one. */
export const WIRE_PROTOCOL = 'second-unit-mcp';

/** Header with which a client chooses its surface; the query parameter `surface` does the same. */
export const SURFACE_HEADER = 'x-second-unit-surface';
/** Header with which a client chooses its session; the query parameter `session` does the same. */
export const SESSION_HEADER = 'x-second-unit-session';

/** How much of the registry a client is shown; which tools each holds is the endpoint's. */
export const surfaces = ['default', 'full', 'compact'] as const;
export type Surface = (typeof surfaces)[number];

/** Reads the name of a surface; anything else is undefined. */
export function parseSurface(text: string | null | undefined): Surface | undefined {
  return surfaces.find((surface) => surface === text);
}
