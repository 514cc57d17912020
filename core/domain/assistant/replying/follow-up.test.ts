import { describe, expect, it } from 'vitest';
import type { SessionState, TurnPart } from '../../../contract/session.schema.ts';
import { followUp } from './follow-up.ts';

const OFFERS = ['30 steps on Base pass #5', '30 steps on Hires pass #7', '30 steps on both'];

describe('followUp', () => {
  it.each([
    ['the second one', OFFERS[1]],
    ['first', OFFERS[0]],
    ['the last one please', OFFERS[2]],
    ['both', OFFERS[2]],
    ['on both', OFFERS[2]],
    ['hires pass', OFFERS[1]],
    ['option 2', OFFERS[1]],
    ['#1', OFFERS[0]],
  ])('reads “%s” as one of the offers', (message, offer) => {
    expect(followUp(message, asked(OFFERS))).toBe(offer);
  });

  it('takes yes for a single offer only', () => {
    expect(followUp('yes', asked(['add the ink wash lora']))).toBe('add the ink wash lora');
    expect(followUp('yes', asked(OFFERS))).toBeUndefined();
  });

  it('lets a message that is no answer stand for itself', () => {
    expect(followUp('cfg 5', asked(OFFERS))).toBeUndefined();
    expect(followUp('the fifth one', asked(OFFERS))).toBeUndefined();
  });

  it('answers no question that was not left open', () => {
    const call: TurnPart = { kind: 'change-set', changeSetId: 'c' };
    expect(followUp('the second one', asked(OFFERS, [call]))).toBeUndefined();
    expect(followUp('the second one', session([]))).toBeUndefined();
  });
});

function asked(offers: readonly string[], more: readonly TurnPart[] = []): SessionState {
  return session([
    { kind: 'text', text: 'Which steps do you mean?' },
    ...more,
    { kind: 'suggestions', suggestions: offers },
  ]);
}

function session(parts: readonly TurnPart[]): SessionState {
  return {
    sessionId: 's',
    title: 'Shot',
    createdAt: 0,
    updatedAt: 0,
    workflow: null,
    turns: [
      {
        turnId: 't',
        message: '30 steps',
        author: { role: 'artist', name: 'artist' },
        status: 'done',
        parts,
        startedAt: 0,
      },
    ],
    changeSets: [],
    runs: [],
  };
}
