import type { Actor } from '../../contract/session.schema.ts';
import type { HostConnection } from './connection.ts';

/** Who is on the other end of a connection; the role is fixed by the connection, the name is its own word. */
export function actorOf(connection: HostConnection): Actor {
  return { role: connection.role, name: connection.name };
}
