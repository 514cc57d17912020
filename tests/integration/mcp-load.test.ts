import { expect, it } from 'vitest';
import { loadClients } from '../mcp/load-clients.ts';
import { startEndpoint } from '../mcp/start-endpoint.ts';

it('20 clients at once get no error, no share of another session, and nobody starves', async () => {
  const app = await startEndpoint();
  const report = await loadClients(app, { clients: 20, ms: 2_000 });
  await app.close();
  expect(report.errors).toEqual([]);
  expect(report.crossed).toBe(0);
  expect(report.calls).toBeGreaterThan(100);
  expect(report.most).toBeLessThanOrEqual(report.fewest * 2 + 2);
});
