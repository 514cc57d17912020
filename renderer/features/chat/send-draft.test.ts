import { expect, it } from 'vitest';
import { type AppState, initialView } from '../../state/app-state.ts';
import { createDraftSender } from './send-draft.ts';

/** A window with a draft, and a core that answers when it is told to. */
function setUp() {
  let draft = '30 steps ';
  const sent: string[] = [];
  let answer: (isTaken: boolean) => void = () => undefined;
  const send = createDraftSender(
    { getState: () => ({ session: null, view: { ...initialView, draft } }) as AppState },
    {
      send: (message) => {
        sent.push(message);
        return new Promise((resolve) => (answer = resolve));
      },
      respond: async () => true,
      answerBatch: async () => true,
      answerCall: async () => true,
    },
    { setDraft: (text) => (draft = text) },
  );
  return {
    send,
    sent,
    answer: (isTaken: boolean) => answer(isTaken),
    type: (text: string) => (draft = text),
    draft: () => draft,
  };
}

it('empties the field when the core has the message, and keeps it otherwise', async () => {
  const { send, sent, answer, draft } = setUp();
  const refused = send();
  expect(draft()).toBe('30 steps ');
  answer(false);
  await refused;
  expect(draft()).toBe('30 steps ');
  const taken = send();
  answer(true);
  await taken;
  expect(draft()).toBe('');
  await send();
  expect(sent).toEqual(['30 steps', '30 steps']);
});

it('sends once, however often Enter is pressed', async () => {
  const { send, sent, answer } = setUp();
  const taken = send();
  const again = send();
  answer(true);
  await Promise.all([taken, again]);
  expect(sent).toEqual(['30 steps']);
});

it('keeps what is typed while the message is on its way', async () => {
  const { send, answer, type, draft } = setUp();
  const taken = send();
  type('and cfg 6');
  answer(true);
  await taken;
  expect(draft()).toBe('and cfg 6');
});
