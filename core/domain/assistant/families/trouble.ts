import { type Outcome, call } from '../plan.ts';

const FIX =
  /^(?:(?:please )?(?:fix|repair|mend|solve|sort(?: out)?|correct) (?:it|this|that|the (?:error|problem|problems|failure|workflow|render|run|issue)|what(?:'s| is) (?:wrong|broken)|everything that(?:'s| is) (?:wrong|broken))|can you fix (?:it|this|that)|how (?:do|can) (?:i|we) fix (?:it|this|that)|propose a fix|what(?:'s| is) the fix|make it (?:work|fit|run))$/;
const FORECAST =
  /^(?:(?:will|does|would) (?:it|this|that) fit(?: (?:in|on|into) (?:the |my )?(?:vram|memory|gpu|card|graphics card))?|how much (?:vram|memory|gpu memory) (?:will|does|would) (?:it|this|that|the (?:render|run|workflow)) (?:need|take|use)|(?:vram|memory) (?:forecast|estimate)|forecast(?: the)? (?:vram|memory)|estimate(?: the)? (?:vram|memory)|have i got enough (?:vram|memory)|do i have enough (?:vram|memory)(?: for (?:it|this|that))?)$/;

/** Asks for what mends the last failure, and whether the next run will fit on the card. */
export function planTrouble(plain: string): Outcome | undefined {
  if (FIX.test(plain)) return call('propose_fix', {});
  if (FORECAST.test(plain)) return call('forecast_vram', {});
  return undefined;
}
