import type { Disposable } from '../../base/disposable.ts';
import { type Result, ok } from '../../base/result.ts';
import type { Client } from '../../contract/wire/client.ts';
import type { AppError } from '../../contract/errors.ts';
import type { SeenClient } from '../../contract/mcp.schema.ts';
import type { ResultOf } from '../../contract/methods.ts';
import { CONTRACT_VERSION } from '../../contract/version.ts';
import { type SessionMirrors, createSessionMirrors } from './session-mirror.ts';

/** One client of MCP as the core knows it: a connection in the role `agent` under the client's name. */
export interface Agent {
  readonly name: string;
  readonly client: Client;
  readonly mirrors: SessionMirrors;
}

export type ToolListing = ResultOf<'tool/list'>['tools'][number];

/** The agents of an endpoint: one per client name, so that the session's log says who did what. */
export interface AgentPool extends Disposable {
  /** Call `release` when done; agents that nobody uses are let go when there are too many. */
  lease(
    name: string,
  ): Promise<Result<{ readonly agent: Agent; readonly release: () => void }, AppError>>;
  /** Who asked lately, newest first. */
  seen(): readonly SeenClient[];
  /** Every tool of the core; asked for once. */
  tools(agent: Agent): Promise<Result<readonly ToolListing[], AppError>>;
  /** The session that this call is about: the chosen one, the artist's current one, or a new one. */
  session(agent: Agent, chosen: string | undefined): Promise<Result<string, AppError>>;
}

interface Entry {
  readonly opened: Promise<Result<Agent, AppError>>;
  readonly client: Client;
  users: number;
  /** Unix ms of the newest lease. */
  at: number;
}

const MAX_IDLE = 64;
const NAME_LIMIT = 120;
const SHOWN = 10;
/** Name of our own connection that watches for subscribers; no client. */
export const SUBSCRIPTIONS = 'MCP subscriptions';

/** Makes the pool; `connect` opens a connection in the role `agent`. */
export function createAgentPool(connect: () => Client, now: () => number): AgentPool {
  const entries = new Map<string, Entry>();
  let listed: readonly ToolListing[] | undefined;
  let creating: Promise<Result<string, AppError>> | undefined;

  const open = (name: string): Entry => {
    const client = connect();
    const hello = client.call('core/hello', { version: CONTRACT_VERSION, client: name });
    const opened = hello.then((said): Result<Agent, AppError> =>
      said.ok ? ok({ name, client, mirrors: createSessionMirrors(client) }) : said,
    );
    return { opened, client, users: 0, at: now() };
  };
  const trim = (): void => {
    if (entries.size <= MAX_IDLE) return;
    const idle = [...entries].filter(([, entry]) => entry.users === 0);
    for (const [name, { client }] of idle.slice(0, Math.max(0, idle.length - MAX_IDLE))) {
      entries.delete(name);
      client.dispose();
    }
  };
  const create = async (agent: Agent): Promise<Result<string, AppError>> => {
    const made = await agent.client.call('session/create', {
      title: `With ${agent.name}`.slice(0, NAME_LIMIT),
    });
    return made.ok ? ok(made.value.sessionId) : made;
  };

  return {
    lease: async (given) => {
      const name = given.trim().slice(0, NAME_LIMIT) || 'MCP client';
      const entry = entries.get(name) ?? open(name);
      // Last in the map is last used.
      entries.delete(name);
      entries.set(name, entry);
      entry.users += 1;
      entry.at = now();
      const agent = await entry.opened;
      let isHeld = true;
      const release = (): void => {
        if (isHeld) entry.users -= 1;
        isHeld = false;
        trim();
      };
      if (agent.ok) return ok({ agent: agent.value, release });
      entries.delete(name);
      entry.client.dispose();
      return agent;
    },
    seen: () =>
      [...entries]
        .filter(([name]) => name !== SUBSCRIPTIONS)
        .map(([name, { at }]) => ({ name, at }))
        .reverse()
        .slice(0, SHOWN),
    tools: async ({ client }) => {
      if (listed !== undefined) return ok(listed);
      const answer = await client.call('tool/list', {});
      if (!answer.ok) return answer;
      listed = answer.value.tools;
      return ok(listed);
    },
    session: async (agent, chosen) => {
      if (chosen !== undefined) return ok(chosen);
      const current = await agent.client.call('session/current', {});
      if (!current.ok) return current;
      if (current.value.sessionId !== null) return ok(current.value.sessionId);
      // Twenty first calls at once are about one new session.
      creating ??= create(agent).finally(() => {
        creating = undefined;
      });
      return creating;
    },
    dispose: () => {
      for (const { client } of entries.values()) client.dispose();
      entries.clear();
    },
  };
}
