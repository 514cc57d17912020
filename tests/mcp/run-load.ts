// `npm run -s mcp:load`: 100 clients at once for 60 s on loopback; stops by itself.
import { loadClients } from './load-clients.ts';
import { startEndpoint } from './start-endpoint.ts';

const clients = Number(process.argv[2] ?? 100);
const seconds = Math.min(300, Number(process.argv[3] ?? 60));
const app = await startEndpoint();
const report = await loadClients(app, { clients, ms: seconds * 1_000 });
await app.close();
const { calls, errors, crossed, fewest, most } = report;
console.log(
  `${String(clients)} clients, ${String(seconds)} s: ${String(calls)} calls, ${String(errors.length)} errors, ` +
    `${String(crossed)} in a foreign session, ${String(fewest)} to ${String(most)} per client`,
);
for (const error of errors.slice(0, 5)) console.log(`  ${error}`);
process.exitCode = errors.length === 0 && crossed === 0 && calls > 0 ? 0 : 1;
