import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isTurnOver } from '../../core/domain/session/turn-reducer.ts';
import { readReply } from '../../core/host/cli/ask/reply.ts';
import { useStudio } from '../fakes/programs/studio.ts';

const studio = useStudio({ practice: { stepMs: 1 } });

async function ask(message: string): Promise<string> {
  const { artist } = studio;
  const sent = await artist.client.call('turn/send', { sessionId: artist.sessionId, message });
  if (!sent.ok) throw new Error(sent.error.code);
  await artist.until(({ turns }) =>
    turns.some((turn) => turn.turnId === sent.value.turnId && isTurnOver(turn)),
  );
  return readReply(artist).reply;
}

it('a file that was put there after it was said to be missing is no longer missing when asked again', async () => {
  const { artist, folder, server } = studio;
  const path = join(folder, 'plate.json');
  const workflow = {
    1: { class_type: 'LoadImage', inputs: { image: 'plate.png' } },
    2: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
  };
  await writeFile(path, JSON.stringify(workflow));
  const source = { kind: 'path', path } as const;
  await artist.client.call('workflow/open', { sessionId: artist.sessionId, source });
  expect(await ask('what is missing?')).toContain('plate.png');
  await writeFile(join(server.folder, 'input', 'plate.png'), 'now it is there');
  expect(await ask('what is missing?')).toMatch(/Nothing is missing/);
});
