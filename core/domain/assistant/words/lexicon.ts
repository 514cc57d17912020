/** Words that carry no meaning of their own inside a request about a value. */
export const FILLERS: ReadonlySet<string> = new Set(
  `a an the of on to at in for from by with my our this that these those it its them they is be as into onto and please me
   us some value values setting settings number amount image picture render frame shot workflow graph node nodes
   there here so now just only bit more than`.split(/\s+/),
);

/** Verbs that set a value. */
export const SET_VERBS: ReadonlySet<string> = new Set(
  `set change make put use try give want need go do get have keep bring take switch pick adjust tweak update edit
   type enter let lets be modify alter turn dial move drag push pull knock nudge tone wind ramp pump jack slide`.split(
    /\s+/,
  ),
);

/** Words for upwards. */
export const UP_WORDS: ReadonlySet<string> = new Set(
  `raise increase up higher more bump boost crank increment add greater bigger stronger larger longer grow extra
   upwards hike lift another heavier`.split(/\s+/),
);

/** Words for downwards. */
export const DOWN_WORDS: ReadonlySet<string> = new Set(
  `lower decrease down less fewer reduce drop cut decrement smaller weaker shorter shrink shave subtract downwards
   dial-down ease lighter`.split(/\s+/),
);

/** Words for how much; "none" is a plain raise or lower. */
export const AMOUNT_WORDS: Readonly<Record<string, 'small' | 'large'>> = {
  bit: 'small',
  little: 'small',
  slightly: 'small',
  touch: 'small',
  tad: 'small',
  hair: 'small',
  smidge: 'small',
  smidgen: 'small',
  notch: 'small',
  somewhat: 'small',
  lot: 'large',
  much: 'large',
  loads: 'large',
  way: 'large',
  heaps: 'large',
  far: 'large',
  considerably: 'large',
  significantly: 'large',
  drastically: 'large',
};

/** Words that multiply. */
export const FACTOR_WORDS: Readonly<Record<string, number>> = {
  double: 2,
  doubled: 2,
  twice: 2,
  triple: 3,
  treble: 3,
  thrice: 3,
  quadruple: 4,
  halve: 0.5,
  halved: 0.5,
  half: 0.5,
  third: 1 / 3,
  quarter: 0.25,
};

/** Numbers written out. */
export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  dozen: 12,
  fifteen: 15,
  sixteen: 16,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  hundred: 100,
};

/** Which one of several: 1 is the first in the order in which they run, -1 the last. */
export const ORDINAL_WORDS: Readonly<Record<string, number>> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  fifth: 5,
  '5th': 5,
  last: -1,
  final: -1,
};

/** Words for all of several. */
export const ALL_WORDS: ReadonlySet<string> = new Set([
  'all',
  'both',
  'every',
  'each',
  'everything',
]);

/** Further words that the families of requests know; with the lists above, the words that typos are read as. */
const FAMILY_WORDS = `
  steps step sampling iterations cfg guidance scale denoise denoising strength width height batch size sampler
  samplers scheduler seed seeds randomise randomize random shuffle reroll fix fixed lock freeze unlock previous
  aspect ratio orientation portrait landscape square widescreen ultrawide vertical horizontal resolution
  checkpoint checkpoints model models lora loras vae prompt positive negative remove delete replace append
  prepend instead clear mute unmute bypass unbypass enable disable activate deactivate reconnect rename upscale
  upscaler upscaled latent pass hires hi-res highres render renders run runs queue generate variations variation
  versions times cancel stop abort interrupt undo redo reset revert original changed changes explain workflow
  missing wrong fail failed error save open load template help validate check settings editable controlnet
  same keep save file name noise clip skip shift blur radius filename prefix preview decode encode maximum minimum default portrait normal
  status progress vram memory describe what which where does insert splice swap exchange
  `;

/** Every word that a misspelt word may be read as. */
export const READABLE_WORDS: ReadonlySet<string> = new Set([
  'change',
  'adjust',
  'switch',
  ...UP_WORDS,
  ...DOWN_WORDS,
  ...ALL_WORDS,
  ...Object.keys(AMOUNT_WORDS),
  ...Object.keys(FACTOR_WORDS),
  ...Object.keys(NUMBER_WORDS),
  ...Object.keys(ORDINAL_WORDS),
  ...FAMILY_WORDS.trim().split(/\s+/),
]);

/** Every word that is spelt right. */
export const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...FILLERS,
  ...SET_VERBS,
  ...READABLE_WORDS,
]);
