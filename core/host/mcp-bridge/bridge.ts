import { runBridge } from './run-bridge.ts';

// What `npm run build` makes into one small file, for clients to start: no type stripping, one read.
process.exitCode = await runBridge(['mcp', ...process.argv.slice(2)]);
