import { expect, it } from 'vitest';
import { shareUnsent } from './share-unsent.ts';

it('asks once for all who ask before the request has left', async () => {
  let asked = 0;
  const share = shareUnsent(async () => (asked += 1));
  expect(await Promise.all([share(), share(), share()])).toEqual([1, 1, 1]);
});

it('asks again for whoever asks while an answer is on its way: it may be older than the question', async () => {
  const answers: ((value: number) => void)[] = [];
  const share = shareUnsent(() => new Promise<number>((resolve) => answers.push(resolve)));
  const first = share();
  await expect.poll(() => answers.length).toBe(1);
  const second = share();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.(2);
  expect(await second).toBe(2);
  answers[0]?.(1);
  expect(await first).toBe(1);
});

it('asks anew after a failure', async () => {
  let asked = 0;
  const share = shareUnsent(async () => {
    asked += 1;
    if (asked === 1) throw new Error('cut');
    return asked;
  });
  await expect(Promise.all([share(), share()])).rejects.toThrow('cut');
  expect(await share()).toBe(2);
});
