#!/usr/bin/env node
import { isBridgeCall, runBridge } from '../mcp-bridge/run-bridge.ts';

const args = process.argv.slice(2);
// An MCP client waits for its bridge at every start, so that loads nothing else.
process.exitCode = isBridgeCall(args)
  ? await runBridge(args)
  : await (await import('./run-program.ts')).runProgram();
