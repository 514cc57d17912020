import type { SessionState } from '../../core/contract/session.schema.ts';
import type { PlanContext } from '../../core/domain/assistant/plan.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import type { WorkflowDocument } from '../../core/domain/workflow/document.ts';

const STEP = { label: 'Steps 25 → 20 on KSampler', patch: { entries: [] }, at: 1 };
const FIRST = { ...STEP, entryId: '1', parentId: '0' };
const SECOND = { ...STEP, entryId: '2', parentId: '1' };

/** A session with one applied and one undone change, nothing rendered, and two templates. */
export function planContext(document: WorkflowDocument | null, catalog: NodeCatalog): PlanContext {
  const session: SessionState = {
    sessionId: 'session',
    title: 'Shot',
    createdAt: 0,
    updatedAt: 0,
    workflow:
      document === null
        ? null
        : {
            name: 'shot.json',
            path: null,
            format: document.format,
            document: document.root,
            revision: 3,
            savedRevision: null,
            history: [FIRST, SECOND],
            position: 1,
          },
    turns: [],
    changeSets: [],
    runs: [],
  };
  const templates = [
    { name: 'sdxl-text-to-image', title: 'SDXL: text to image' },
    { name: 'flux-text-to-image', title: 'Flux: text to image' },
  ];
  return { document, catalog, session, templates };
}
