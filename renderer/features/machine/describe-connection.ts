import type { Connection } from '../../../core/contract/machine/machine.schema.ts';
import { formatAgo } from '../../ui/format.ts';

/** What we are connected to and what that lacks; without a server, what is worked with meanwhile. */
export function describeConnection(connection: Connection, now = Date.now()): string {
  const { url = '', isPractice, version, nodeClassCount } = connection;
  if (!isConnected(connection)) {
    return ['Not connected at the moment.', describeKeptNodes(connection, now)].join(' ').trim();
  }
  const what = isPractice ? 'the practice ComfyUI' : `ComfyUI ${version ?? ''}`.trim();
  const nodes =
    nodeClassCount === undefined ? '' : `, with ${String(nodeClassCount)} kinds of node`;
  const lacks =
    connection.missing.length === 0 ? '' : ` It lacks: ${connection.missing.join(', ')}.`;
  return `Connected to ${what} at ${url}${nodes}.${lacks}`;
}

/** Says how old the nodes are that everything is checked against; "" while the server itself can be asked. */
export function describeKeptNodes(connection: Connection, now = Date.now()): string {
  const { catalogReadAt } = connection;
  if (isConnected(connection) || catalogReadAt === undefined) return '';
  return `Changes and checks use its nodes from the last time this server answered, ${formatAgo(catalogReadAt, now)}.`;
}

function isConnected({ status }: Connection): boolean {
  return status === 'ready' || status === 'degraded';
}
