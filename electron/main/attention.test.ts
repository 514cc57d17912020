import { expect, it } from 'vitest';
import { createAttention } from './attention.ts';

function start() {
  const told: string[] = [];
  const world = { isFocused: false, now: 0 };
  const attend = createAttention({
    isFocused: () => world.isFocused,
    showWindow: () => told.push('window'),
    notify: (title, body) => told.push(`${title}: ${body}`),
    now: () => world.now,
  });
  return { told, world, attend };
}

const proposal = { type: 'attention', title: 'Cursor proposes a change', body: '30 steps' };

it('brings the window forward and says who wants what', () => {
  const { told, attend } = start();
  attend(proposal);
  expect(told).toEqual(['window', 'Cursor proposes a change: 30 steps']);
});

it('leaves an artist alone who looks at the window, and one who was told a moment ago', () => {
  const { told, world, attend } = start();
  world.isFocused = true;
  attend(proposal);
  expect(told).toEqual([]);
  world.isFocused = false;
  attend(proposal);
  world.now = 9_000;
  attend(proposal);
  expect(told).toHaveLength(2);
  world.now = 10_000;
  attend(proposal);
  expect(told).toHaveLength(4);
});

it.each([undefined, {}, { type: 'ready' }, { ...proposal, title: 7 }, { ...proposal, url: 'x' }])(
  'does not listen to %j',
  (message) => {
    const { told, attend } = start();
    attend(message);
    expect(told).toEqual([]);
  },
);
