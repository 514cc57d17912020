import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import { createPracticeServer } from '../../core/practice/create-practice-server.ts';
import { connectPracticeClient } from '../fakes/comfy/practice-client.ts';
import { driveSession } from '../faults/driven-session.ts';
import { readTruth } from '../faults/server-truth.ts';

it("stops our waiting run and our running run, and never somebody else's", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  const server = await createPracticeServer({ nodeMs: 400 });
  const other = await connectPracticeClient(server.url, 'somebody-else');
  const host = await createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
  });
  await host.connect({ url: server.url });
  const session = await driveSession(host);
  const picture = (width: number): object => ({
    1: { class_type: 'EmptyImage', inputs: { width, height: 64, batch_size: 1, color: 7 } },
    2: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
  });
  const theirs: string[] = [];
  const queueTheirs = async (): Promise<void> => {
    const body = { prompt: picture(64 + theirs.length), client_id: 'somebody-else' };
    const answer = await other.post('/prompt', body);
    theirs.push(String(answer.body['prompt_id']));
  };

  await queueTheirs();
  const waiting = (await session.render()) ?? '';
  expect(await session.cancel(waiting)).toBe(true);
  const running = (await session.render()) ?? '';
  await queueTheirs();
  await other.until(({ data }) => data['node'] === null && data['prompt_id'] === theirs[0]);
  expect(await session.cancel(running)).toBe(true);
  await other.until(({ data }) => data['node'] === null && data['prompt_id'] === theirs[1]);
  await session.settled();

  const truth = await readTruth(server.url);
  expect(theirs.map((id) => truth.get(id))).toEqual(['succeeded', 'succeeded']);
  expect(session.state.runs.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  expect(truth.get(waiting)).toBeUndefined();
  expect([undefined, 'interrupted']).toContain(truth.get(running));
  session.dispose();
  await host.close();
  await other.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
