import { MAX_BATCH_ITEMS } from '../../../contract/run/batch.schema.ts';
import type { SessionState } from '../../../contract/session.schema.ts';
import { NUMBER_WORDS } from '../words/lexicon.ts';
import { type Outcome, answer, ask, call } from '../plan.ts';

const RUN = String.raw`(?:render|run|queue|generate|execute|submit|fire|kick off|start|cook|shoot|launch|process|re-?run|re-?render|send)`;
const IT = String.raw`(?: (?:it|this|that|the (?:workflow|graph|render|image|picture|frame|shot|prompt|queue|job)|a (?:render|run|frame|test)|an image|one|now|off|up|again|please|go|away|out|once|once more|with (?:that|those|these)(?: settings| changes)?|a test render|another|another one))*`;
const START = new RegExp(
  `^(?:(?:go ahead and|let's|lets|and) )?(?:${RUN}${IT}|(?:go|go ahead|go for it|hit it|do it|let's go|lets go|hit go|hit run|hit render|press (?:run|queue|play)|queue prompt|start rendering|try it|try again|again|go again|same again|another go|one more time|once more|one more|retry|retry it|do it again|run that back|let it rip|and go|give it a go|give it a (?:run|whirl)|show me|see what it looks like|preview it))$`,
);
const COUNT = String.raw`(?<count>\d+|a couple(?: of)?|a few|several|${Object.keys(NUMBER_WORDS).slice(1).join('|')})`;
const MANY = [
  new RegExp(
    `^(?:${RUN}|make|give me|do|wedge|create|produce|try|i want|show me|want|need|get me|cook up)(?: (?:it|this|that|out|up|me|off))? ${COUNT} (?:more )?(?:different |new |random |seed )?(?:variations?|variants?|versions?|takes?|options?|alternatives?|alts|seeds|images|pictures|renders|frames|runs|iterations|of (?:them|these|those)|different ones|times|x)(?: (?:of (?:it|this|that)|(?:with|using) (?:different|new|random|other|varying) seeds?|each with (?:a|its own)(?: new)? seed|please|now))?$`,
  ),
  new RegExp(
    `^(?:${RUN})(?: (?:it|this|that))? ${COUNT}(?: times|x| variations)?(?: (?:with|using) (?:different|new|random|other|varying) seeds?)?$`,
  ),
  new RegExp(
    `^${COUNT} (?:more )?(?:different )?(?:variations?|variants?|versions|takes|options|seeds|renders|runs|alternatives|alts)(?: (?:please|of (?:it|this|that)))?$`,
  ),
];
const TWICE = new RegExp(
  `^(?:${RUN}|do)${IT} (?<times>twice|thrice)(?: (?:with|using) (?:different|new|random|other) seeds?)?$`,
);
const VAGUE_MANY = new RegExp(
  `^(?:${RUN}|make|give me|do|i want|show me|try) (?:some|more|several|a few|a couple of|a bunch of|multiple|lots of)(?: more)?(?: (?:variations?|variants?|versions|takes|options|seeds))?$`,
);
const STOP =
  /^(?:stop|cancel|abort|interrupt|kill|halt|end)(?: (?:it|this|that|everything|rendering|now|right now|(?:the |this |that |current |my )*(?:render|run|job|queue|generation|rendering|sampling|execution)))*$/;
const STATUS =
  /^(?:(?:what(?:'s| is) the |render |run |show )?(?:status|progress)(?: of (?:the |my )?(?:render|run|job|it))?|how far (?:is|are) (?:it|we|the render)(?: (?:along|now))?|is it (?:done|finished|ready)(?: yet)?|are we (?:there|done) yet|how long (?:left|to go|will it take|until (?:it is|it's) done)|eta|done yet|how(?:'s| is) (?:it|the (?:render|run)) (?:going|doing|looking|coming along)|what(?:'s| is) (?:it|the render) doing)$/;
const QUEUE =
  /^(?:(?:what(?:'s| is) in the |how(?:'s| is) the |show (?:me )?(?:the )?|check (?:the )?|list (?:the )?)?(?:queue|queue status|render queue)(?: status)?|what(?:'s| is) (?:queued|running|rendering)(?: (?:now|right now))?|how (?:many|much) (?:jobs |runs |renders )?(?:is |are )?(?:in the queue|queued))$/;
const CHECK =
  /^(?:dry run|pre-?flight|will (?:it|this) (?:run|work|render)|check (?:it |this )?(?:before (?:running|rendering|it runs|you run it)|first)|is (?:it|this|(?:the|this) (?:workflow|graph)) (?:ready to (?:run|render)|ok to run)|can (?:it|this) run|am i good to go|validate before (?:running|rendering|execute|execution))$/;

/** Runs, stops and asks after runs. */
export function planRunning(plain: string, session: SessionState): Outcome | undefined {
  if (START.test(plain)) return call('execute_with_progress', {});
  if (VAGUE_MANY.test(plain)) return ask('How many?', ['run 4 variations', 'run 8 variations']);
  const times = TWICE.exec(plain)?.groups?.['times'];
  if (times !== undefined) return planMany(times === 'twice' ? 2 : 3);
  for (const pattern of MANY) {
    const count = pattern.exec(plain)?.groups?.['count'];
    if (count !== undefined) return planMany(readCount(count));
  }
  if (STOP.test(plain)) return planStop(session);
  if (STATUS.test(plain)) return call('get_execution_status', {});
  if (QUEUE.test(plain)) return call('get_queue_status', {});
  if (CHECK.test(plain)) return call('validate_before_execute', {});
  return undefined;
}

function readCount(words: string): number {
  if (words.startsWith('a couple')) return 2;
  return NUMBER_WORDS[words] ?? Number(words);
}

function planMany(count: number): Outcome {
  if (!(count >= 1)) return ask('How many?', ['run 4 variations', 'run 8 variations']);
  if (count === 1) return call('execute_with_progress', {});
  if (count > MAX_BATCH_ITEMS) {
    return ask(
      `${String(count)} renders are a lot to look through; ${String(MAX_BATCH_ITEMS)} is the most I put into one plan.`,
      ['run 8 variations', `run ${String(MAX_BATCH_ITEMS)} variations`],
    );
  }
  return call('render_batch', { variations: count, wait: false });
}

function planStop(session: SessionState): Outcome {
  const isBusy = session.runs.some((run) => ['proposed', 'queued', 'running'].includes(run.status));
  return isBusy
    ? call('interrupt', {})
    : answer('Nothing of this session is running, so there is nothing to stop.', ['queue status']);
}
