import { expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { coreCatalog, toolContext } from '../../../tests/fakes/tool-context.ts';
import { createSessionRegistry } from '../sessions/session-registry.ts';
import { createChangeSetDesk } from './change-set-desk.ts';
import { createWorkflowDesk } from './workflow-desk.ts';

const MIB = 1024 * 1024;

it.each([
  ['picture', { kind: 'picture', name: 'plate.png', bytes: new Uint8Array(128 * MIB + 1) }, 128],
  ['text', { kind: 'text', name: 'graph.json', text: ' '.repeat(32 * MIB + 1) }, 32],
] as const)(
  'a %s that is too large is told the limit that holds for it',
  async (_, source, limit) => {
    const [clock, ids] = [createManualClock(), createCountingIds()];
    const repository = createMemorySessionRepository();
    const store = createSessionRegistry({ repository, clock, ids }).create();
    const { files } = toolContext();
    const changeSets = createChangeSetDesk({ clock, ids, digest: String, catalog: coreCatalog });
    const desk = createWorkflowDesk({ files, templates: [], changeSets, workflowFolder: '/' });
    expect(await desk.open(store, source)).toMatchObject({
      ok: false,
      error: { code: 'file/too-large', data: { limit: limit * MIB } },
    });
  },
);
