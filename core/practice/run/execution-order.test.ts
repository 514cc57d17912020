import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../../base/json.ts';
import { imagePayload, textPayload } from '../../../tests/fixtures/practice-payloads.ts';
import { createExecutionOrder } from './execution-order.ts';

function orderOf(
  payload: JsonObject,
  outputs: readonly string[],
  cached: readonly string[] = [],
): readonly string[] {
  const order = createExecutionOrder(payload, outputs, {
    isOutput: (id) => outputs.includes(id),
    isCached: (id) => cached.includes(id),
  });
  const ran: string[] = [];
  for (let id = order.next(); id !== undefined; id = order.next()) {
    ran.push(id);
    order.done(id);
  }
  return ran;
}

describe('execution order', () => {
  it('of the recorded picture graph brings the short branch to its output first (w02)', () => {
    const order = orderOf(imagePayload() as JsonObject, ['8', '7']);
    expect(order).toEqual(['4', '5', '8', '1', '2', '3', '6', '7']);
  });

  it('of the recorded text graph loads, then encodes the last input first (w04)', () => {
    const order = orderOf(textPayload() as JsonObject, ['9']);
    expect(order).toEqual(['4', '5', '7', '6', '3', '8', '9']);
  });

  it('leaves cached nodes out, but never an output', () => {
    const cached = ['1', '2', '4', '5', '8'];
    expect(orderOf(imagePayload() as JsonObject, ['8', '7'], cached)).toEqual(['8', '3', '6', '7']);
  });
});
