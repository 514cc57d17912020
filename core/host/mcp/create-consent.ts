import type { Agent } from '../../agent/create-agent.ts';
import { type Result, err } from '../../base/result.ts';
import type { Client } from '../../contract/wire/client.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { CONTRACT_VERSION } from '../../contract/version.ts';
import type { Consent } from '../../mcp/endpoint-parts.ts';
import type { Host } from '../create-host.ts';

interface ConsentParts extends Pick<Host, 'openClient'> {
  readonly agent: Pick<Agent, 'workspace'>;
}

/**
 * The artist's yes and no where a client's user gives it: each over a connection of the artist's role that
 * lives for this one answer and names the client. The setting is looked at here once more, so that nothing
 * else has to be trusted with it.
 */
export function createConsent({ agent, openClient }: ConsentParts): Consent {
  const policy = (): ReturnType<Consent['policy']> =>
    agent.workspace.state.settings.clientEdits ?? 'window';
  const asArtist = async <T>(
    client: string,
    use: (artist: Client) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> => {
    const artist = openClient('artist');
    try {
      const name = `artist, in ${client}`.slice(0, NAME_LIMIT);
      const hello = await artist.call('core/hello', { version: CONTRACT_VERSION, client: name });
      return hello.ok ? await use(artist) : hello;
    } finally {
      artist.dispose();
    }
  };
  const refuse = (name: string): Result<never, AppError> =>
    err(appError('tool/not-approved', { name }));

  return {
    policy,
    decide: async ({ sessionId, changeSet, decision, client, reason }) => {
      if (policy() === 'window') return refuse('changeset/respond');
      const { changeSetId, digest, baseRevision } = changeSet;
      const why = reason === undefined ? {} : { reason };
      return asArtist(client, (artist) =>
        artist.call('changeset/respond', {
          sessionId,
          changeSetId,
          digest,
          baseRevision,
          decision,
          ...why,
        }),
      );
    },
    decideRun: async ({ sessionId, promptId, decision, client }) => {
      if (policy() === 'window') return refuse('run/release');
      const method = decision === 'accept' ? 'run/release' : 'run/cancel';
      return asArtist(client, (artist) => artist.call(method, { sessionId, promptId }));
    },
    decideCall: async ({ sessionId, callId, decision, client, reason }) => {
      if (policy() === 'window') return refuse('tool/respond');
      const why = reason === undefined ? {} : { reason };
      return asArtist(client, (artist) =>
        artist.call('tool/respond', { sessionId, callId, decision, ...why }),
      );
    },
  };
}

const NAME_LIMIT = 120;
