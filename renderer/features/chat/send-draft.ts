import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../../state/app-state.ts';
import type { CoreActions } from '../../state/core-actions.ts';
import type { ViewActions } from '../../state/view-actions.ts';
import { answerInWords } from './answer-in-words.ts';

/**
 * Makes what sends the draft. The text stays in the field until the core has it, so that a lost link loses nothing:
 * meanwhile nothing is sent a second time, and what the artist types goes on standing there.
 */
export function createDraftSender(
  store: Pick<StoreApi<AppState>, 'getState'>,
  core: Pick<CoreActions, 'send' | 'respond' | 'answerBatch' | 'answerCall'>,
  view: Pick<ViewActions, 'setDraft'>,
): () => Promise<void> {
  const draft = (): string => store.getState().view.draft.trim();
  let isSending = false;
  return async () => {
    const message = draft();
    if (message === '' || isSending) return;
    isSending = true;
    try {
      const isTaken = await (answerInWords(message, store.getState(), core) ?? core.send(message));
      if (isTaken && draft() === message) view.setDraft('');
    } finally {
      isSending = false;
    }
  };
}
