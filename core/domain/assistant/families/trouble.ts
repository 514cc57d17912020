import { type Outcome, call } from '../plan.ts';

const FIX =
  /^(?:(?:please )?(?:fix|repair|mend|solve|sort(?: out)?|correct) (?:it|this|that|the (?:error|problem|problems|failure|workflow|render|run|issue)|what(?:'s| is) (?:wrong|broken)|everything that(?:'s| is) (?:wrong|broken))|can you fix (?:it|this|that)|how (?:do|can) (?:i|we) fix (?:it|this|that)|propose a fix|what(?:'s| is) the fix|make it (?:work|fit))$/;
const MAKE_RUN =
  /^(?:(?:please )?(?:make|get) (?:it|this|that|(?:the|this|my) workflow) (?:to )?run(?:nable|ning)?(?: here| on this machine| for me)?|make (?:it|this|the workflow) ready|(?:replace|swap) (?:what(?:'s| is)|everything that(?:'s| is)) missing|get (?:it|this) ready(?: to (?:run|render))?)$/;
const WILL_RUN =
  /^(?:(?:will|would|does|can) (?:it|this|that|(?:the|this|my) workflow) (?:even )?run(?: here| on this machine| on my machine| at all)?|can i (?:run|use) (?:it|this|that|(?:the|this) workflow)(?: here| on this machine)?|what(?:'s| is| does) (?:it|this|(?:the|this|my) workflow) (?:missing|lack(?:ing)?|need(?: to run)?)|what do i (?:need|have to install)(?: to run (?:it|this|that|(?:the|this) workflow)| for (?:it|this|that|(?:the|this) workflow))?|(?:which|what) (?:models?|files|nodes|node packs|packs|custom nodes) (?:are missing|do i need|does (?:it|this|the workflow) need|am i missing|do i have to install)(?: here| for this| to run this)?|is (?:it|this|(?:the|this) workflow) ready(?: to (?:run|render|go))?)$/;
const FORECAST =
  /^(?:(?:will|does|would) (?:it|this|that) fit(?: (?:in|on|into) (?:the |my )?(?:vram|memory|gpu|card|graphics card))?|how much (?:vram|memory|gpu memory) (?:will|does|would) (?:it|this|that|the (?:render|run|workflow)) (?:need|take|use)|(?:vram|memory) (?:forecast|estimate)|forecast(?: the)? (?:vram|memory)|estimate(?: the)? (?:vram|memory)|have i got enough (?:vram|memory)|do i have enough (?:vram|memory)(?: for (?:it|this|that))?)$/;

/** Asks what mends the last failure or makes the workflow run here, whether it would, and whether it fits on the card. */
export function planTrouble(plain: string): Outcome | undefined {
  if (MAKE_RUN.test(plain)) return call('propose_fix', { make_it_run: true });
  if (WILL_RUN.test(plain)) return call('find_missing', {});
  if (FIX.test(plain)) return call('propose_fix', {});
  if (FORECAST.test(plain)) return call('forecast_vram', {});
  return undefined;
}
