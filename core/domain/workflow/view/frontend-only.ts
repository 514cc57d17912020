/**
 * True for node types that only the page knows: notes, values that it copies, wires that it draws. They
 * are in no `/object_info` and never reach the server.
 */
export function isFrontendOnly(type: string): boolean {
  return FRONTEND_ONLY.has(type) || PATTERNS.some((pattern) => pattern.test(type));
}

/** True for the page's plain reroute and the same thing of a well-known pack. */
export function isReroute(type: string): boolean {
  return type === 'Reroute' || type === 'Reroute (rgthree)';
}

/** True for the nodes that send a value under a name, see {@link isGetNode}. */
export function isSetNode(type: string): boolean {
  return type === 'SetNode' || type === 'easy setNode';
}

/** True for the nodes that take a value by its name (KJNodes, Easy-Use). */
export function isGetNode(type: string): boolean {
  return type === 'GetNode' || type === 'easy getNode';
}

/** True for the page's old group nodes, whose definition lies in `extra.groupNodes`. */
export function groupNodeName(type: string): string | undefined {
  return /^workflow[>/](.+)$/s.exec(type)?.[1];
}

const FRONTEND_ONLY: ReadonlySet<string> = new Set([
  'Note',
  'MarkdownNote',
  'PrimitiveNode',
  'Reroute',
  'GetNode',
  'SetNode',
  'easy getNode',
  'easy setNode',
  'Reroute (rgthree)',
  'Fast Muter (rgthree)',
  'Fast Bypasser (rgthree)',
  'Fast Actions Button (rgthree)',
  'Node Collector (rgthree)',
  'Mute / Bypass Relay (rgthree)',
  'Mute / Bypass Repeater (rgthree)',
  'Random Unmuter (rgthree)',
  'Bookmark (rgthree)',
  'Label (rgthree)',
]);

const PATTERNS: readonly RegExp[] = [
  /^Fast Groups .+ \(rgthree\)$/,
  /^Anything Everywhere/,
  /^Prompts Everywhere/,
  /^Seed Everywhere$/,
];
