import { expect, it } from 'vitest';
import type { JsonObject } from '../../../core/base/json.ts';
import type { Comfy, ComfyEvent } from '../../../core/ports/comfy.ts';
import { createComfy } from '../../../core/shell/comfy/create-comfy.ts';
import { createImages } from '../../../core/shell/images/create-images.ts';
import { createClock } from '../../../core/shell/system/create-clock.ts';
import { createIds } from '../../../core/shell/system/create-ids.ts';
import { createKeptLog } from '../ports/kept-log.ts';

/** A connected adapter and what it told so far. */
export interface CheckedComfy {
  readonly comfy: Comfy;
  readonly events: readonly ComfyEvent[];
  /** Resolves when `holds` does; looked at whenever something is told. */
  until(holds: () => boolean): Promise<void>;
  /** Resolves when the server is done with the run. */
  ended(promptId: string): Promise<void>;
}

/** Connects a real adapter with the machine's own clock. */
export async function connectForChecks(url: string): Promise<CheckedComfy> {
  const comfy = createComfy({
    url,
    isPractice: false,
    clock: createClock(),
    ids: createIds(),
    log: createKeptLog(),
  });
  const events: ComfyEvent[] = [];
  comfy.onEvent((event) => events.push(event));
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        listening.forEach((handle) => handle.dispose());
        resolve();
      };
      const listening = [comfy.onEvent(look), comfy.onConnectionChanged(look)];
      look();
    });
  const started = await comfy.start();
  expect(started).toMatchObject({ ok: true, value: { status: 'ready' } });
  const isEnd = (event: ComfyEvent, promptId: string): boolean =>
    event.kind === 'ended' && event.promptId === promptId;
  return {
    comfy,
    events,
    until,
    ended: (promptId) => until(() => events.some((event) => isEnd(event, promptId))),
  };
}

/** What must hold against any ComfyUI; needs only its image nodes. `url` is read when a check runs. */
export function comfyChecks(url: () => string): void {
  it('renders, tells every node, and finds the picture in the history and behind /view', async () => {
    const { comfy, events, ended } = await connectForChecks(url());
    const promptId = crypto.randomUUID();
    const over = ended(promptId);
    const accepted = await comfy.submit({
      promptId,
      payload: picture(64, 48),
      workflow: { nodes: [] },
    });
    expect(accepted).toMatchObject({ ok: true, value: { promptId, warnings: [] } });
    await over;
    const kinds = events.flatMap((event) =>
      'promptId' in event && event.promptId === promptId ? [event.kind] : [],
    );
    expect(kinds[0]).toBe('started');
    expect(kinds.filter((kind) => kind === 'node-started').length).toBeGreaterThan(0);
    const entry = await comfy.history(promptId);
    expect(entry).toMatchObject({ ok: true, value: { ending: 'succeeded' } });
    const [file] = entry.ok ? (entry.value?.files ?? []) : [];
    expect(file).toMatchObject({ nodeId: '3', folder: 'temp', group: 'images', isAnimated: false });
    if (file === undefined) return;
    const fetched = await comfy.fetchFile(file);
    expect(fetched).toMatchObject({ ok: true, value: { mediaType: 'image/png' } });
    const facts = fetched.ok ? await createImages().facts(fetched.value.bytes) : undefined;
    expect(facts).toMatchObject({ width: 64, height: 48 });
    comfy.dispose();
  });

  it('says which nodes came from the cache when the same is asked again', async () => {
    const { comfy, ended } = await connectForChecks(url());
    const payload = picture(40, 40);
    const cached: (readonly string[])[] = [];
    for (const promptId of [crypto.randomUUID(), crypto.randomUUID()]) {
      const over = ended(promptId);
      await comfy.submit({ promptId, payload, workflow: null });
      await over;
      const entry = await comfy.history(promptId);
      cached.push(entry.ok ? (entry.value?.cachedNodes ?? []) : []);
    }
    expect(cached[0]).toEqual([]);
    expect([...(cached[1] ?? [])].sort()).toEqual(['1', '2', '3']);
    comfy.dispose();
  });

  it('stops the running run and takes the waiting one out of the queue', async () => {
    const { comfy, events, until, ended } = await connectForChecks(url());
    const [slow, waiting] = [crypto.randomUUID(), crypto.randomUUID()];
    const over = ended(slow);
    await comfy.submit({ promptId: slow, payload: longWork(), workflow: null });
    await comfy.submit({ promptId: waiting, payload: picture(32, 32), workflow: null });
    await until(() => events.some(({ kind }) => kind === 'node-started'));
    expect(await comfy.queue()).toMatchObject({
      ok: true,
      value: { running: [slow], pending: [waiting] },
    });
    expect(await comfy.interrupt(waiting)).toMatchObject({ error: { code: 'run/not-running' } });
    expect(await comfy.deletePending(waiting)).toEqual({ ok: true, value: undefined });
    expect(await comfy.interrupt(slow)).toEqual({ ok: true, value: undefined });
    await over;
    expect(await comfy.history(slow)).toMatchObject({ value: { ending: 'interrupted' } });
    expect(await comfy.history(waiting)).toEqual({ ok: true, value: undefined });
    comfy.dispose();
  });

  it('keeps two clients apart: each hears of its own run only', async () => {
    const [one, two] = [await connectForChecks(url()), await connectForChecks(url())];
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const over = Promise.all([one.ended(first), two.ended(second)]);
    await one.comfy.submit({ promptId: first, payload: picture(48, 32), workflow: null });
    await two.comfy.submit({ promptId: second, payload: picture(32, 48), workflow: null });
    await over;
    const heard = ({ events }: CheckedComfy): readonly string[] => [
      ...new Set(events.flatMap((event) => ('promptId' in event ? [event.promptId] : []))),
    ];
    expect([heard(one), heard(two)]).toEqual([[first], [second]]);
    one.comfy.dispose();
    two.comfy.dispose();
  });

  it('is told what is wrong with a refused run', async () => {
    const { comfy } = await connectForChecks(url());
    const submit = (payload: JsonObject): ReturnType<Comfy['submit']> =>
      comfy.submit({ promptId: crypto.randomUUID(), payload, workflow: null });
    expect(await submit({ 1: { class_type: 'NoSuchNode', inputs: {} } })).toMatchObject({
      error: { code: 'comfy/missing-nodes', data: { classTypes: ['NoSuchNode'] } },
    });
    expect(
      await submit({
        1: { class_type: 'EmptyImage', inputs: { width: 8, height: 8, batch_size: 1, color: 0 } },
      }),
    ).toMatchObject({
      error: { code: 'comfy/no-outputs' },
    });
    expect(await submit(picture(0, 8))).toMatchObject({
      error: {
        code: 'comfy/prompt-refused',
        data: { problems: [{ type: 'value_smaller_than_min', nodeId: '1', input: 'width' }] },
      },
    });
    comfy.dispose();
  });

  it('knows its models, nodes and memory', async () => {
    const { comfy } = await connectForChecks(url());
    const catalog = await comfy.catalog();
    expect(catalog.ok && catalog.value.get('SaveImage')?.isOutput).toBe(true);
    const folders = await comfy.modelFolders();
    expect(folders.ok && folders.value).toContain('checkpoints');
    expect((await comfy.models('checkpoints')).ok).toBe(true);
    expect(await comfy.models('nosuch')).toMatchObject({ error: { code: 'comfy/unknown-folder' } });
    const places = await comfy.modelPlaces();
    expect(places.ok && places.value.get('checkpoints')?.length).toBeGreaterThan(0);
    const stats = await comfy.systemStats();
    expect(stats.ok && stats.value.devices.length).toBeGreaterThan(0);
    comfy.dispose();
  });
}

/** A picture that no other check has asked for: its colour is by chance. */
function picture(width: number, height: number): JsonObject {
  const color = Math.floor(Math.random() * 0xffffff);
  return {
    1: { class_type: 'EmptyImage', inputs: { width, height, batch_size: 1, color } },
    2: { class_type: 'ImageInvert', inputs: { image: ['1', 0] } },
    3: { class_type: 'PreviewImage', inputs: { images: ['2', 0] } },
  };
}

/** Seconds of work in pieces: an interrupt is heeded between two nodes. */
function longWork(): JsonObject {
  const color = Math.floor(Math.random() * 0xffffff);
  const inputs = { width: 1024, height: 1024, batch_size: 1, color };
  const blurs = Array.from({ length: 12 }, (_, index) => [
    String(index + 2),
    {
      class_type: 'ImageBlur',
      inputs: { image: [String(index + 1), 0], blur_radius: 31, sigma: 10 },
    },
  ]);
  return {
    1: { class_type: 'EmptyImage', inputs },
    ...(Object.fromEntries(blurs) as JsonObject),
    14: { class_type: 'PreviewImage', inputs: { images: ['13', 0] } },
  };
}
