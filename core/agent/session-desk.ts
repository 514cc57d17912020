import type { Cancellation } from '../base/cancellation.ts';
import { type Result, err, ok } from '../base/result.ts';
import { type AppError, appError } from '../contract/errors.ts';
import type { Settings } from '../contract/machine.schema.ts';
import type { Actor } from '../contract/session.schema.ts';
import { decideApproval } from '../domain/session/approval-policy.ts';
import type { SessionDesk } from '../tools/define-tool.ts';
import type { ChangeSetDesk } from './change-set-desk.ts';
import { addCheckpoint, goToHistoryEntry, stepHistory } from './history-desk.ts';
import type { RunCoordinator } from './runs/run-coordinator.ts';
import type { SessionStore } from './session-store.ts';
import type { WorkflowDesk } from './workflow-desk.ts';

interface SessionDeskParts {
  readonly store: SessionStore;
  readonly author: Actor;
  readonly isLiteral: boolean;
  readonly turnId: string;
  readonly cancellation: Cancellation;
  readonly settings: () => Settings;
  readonly workflows: WorkflowDesk;
  readonly changeSets: ChangeSetDesk;
  readonly runs: RunCoordinator;
}

/** What the tools of one turn may do, each under what its author is allowed. */
export function createSessionDesk(parts: SessionDeskParts): SessionDesk {
  const { store, author, isLiteral, turnId, cancellation, settings, workflows, changeSets, runs } =
    parts;
  /** Opening, saving and stepping back are the artist's own: an agent is told to ask. */
  const allowOwn = (name: string): Result<void, AppError> =>
    author.role === 'artist' ? ok(undefined) : err(appError('tool/not-approved', { name }));
  return {
    openWorkflow: async (source) => {
      const allowed = allowOwn('load_workflow');
      return allowed.ok ? workflows.open(store, source) : allowed;
    },
    saveWorkflow: async (path) => {
      const allowed = allowOwn('save_workflow');
      return allowed.ok ? workflows.save(store, path) : allowed;
    },
    undo: async () => {
      const allowed = allowOwn('undo_workflow_patch');
      return allowed.ok ? stepHistory(store, 'undo', author, changeSets) : allowed;
    },
    redo: async () => {
      const allowed = allowOwn('redo');
      return allowed.ok ? stepHistory(store, 'redo', author, changeSets) : allowed;
    },
    addCheckpoint: async (name) => {
      const allowed = allowOwn('add_checkpoint');
      return allowed.ok ? addCheckpoint(store, name, author) : allowed;
    },
    goTo: async (entryId) => {
      const allowed = allowOwn('go_to_checkpoint');
      return allowed.ok ? goToHistoryEntry(store, entryId, author, changeSets) : allowed;
    },
    startRun: ({ label, overrides }) => {
      const approval = decideApproval({
        effect: 'execute',
        author,
        isLiteral,
        settings: settings(),
      });
      return runs.start(store, {
        turnId,
        label,
        requestedBy: author,
        needsRelease: approval !== 'allow',
        overrides: overrides ?? [],
      });
    },
    awaitRun: (promptId) =>
      new Promise((resolve) => {
        const stopped = cancellation.onCancelled(() => resolve(err(appError('cancelled', {}))));
        void runs.await(store, promptId).then((ended) => {
          stopped.dispose();
          resolve(ended);
        });
      }),
    cancelRun: (promptId) => runs.cancel(store, promptId),
  };
}
