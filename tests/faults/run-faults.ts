import { parseArgs } from 'node:util';
import { type FaultTally, addTallies, emptyTally } from './fault-tally.ts';
import { runKillRounds } from './kill-rounds.ts';
import { faultNames, runFaultRound } from './wire-rounds.ts';

// The fault suite: npm run -s faults -- --json [--kills 200] [--rounds 3] [--seed 1]
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '../tests/faults/run-faults.ts'),
  options: {
    json: { type: 'boolean', default: false },
    kills: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
const roundsPerFault = Number(values.rounds);

let tally: FaultTally = emptyTally();
for (const fault of faultNames) {
  for (let round = 0; round < roundsPerFault; round += 1) {
    const counted = await runFaultRound(fault, seed + round);
    tally = addTallies(tally, counted);
    note(`${fault} ${String(round + 1)}/${String(roundsPerFault)}: ${summary(counted)}`);
  }
}
const kills = await runKillRounds(Number(values.kills), seed);
note(`kills: ${summary(kills)}`);
tally = addTallies(tally, kills);

for (const detail of tally.details) note(detail);
if (values.json) process.stdout.write(`${JSON.stringify(toPrint(tally))}\n`);
else process.stdout.write(`${summary(tally)}\n`);
const isGood = tally.kills >= Number(values.kills) && tally.lost === 0 && tally.wrongEndings === 0;
// Some rounds leave a connection to a wire that never answers again.
process.exit(isGood ? 0 : 1);

function toPrint({ rounds, kills, faults, acknowledged, lost, wrongEndings }: FaultTally): object {
  return { rounds, kills, faults, acknowledged, lost, wrongEndings };
}

function summary({ rounds, kills, acknowledged, lost, wrongEndings }: FaultTally): string {
  return `${String(rounds)} rounds, ${String(kills)} kills, ${String(acknowledged)} acknowledged, ${String(lost)} lost, ${String(wrongEndings)} wrong endings`;
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
