/** Written workflows on which the page and we are meant to differ, and why. */
export const knownExceptions: Readonly<Record<string, string>> = {
  'sampler with its values in a dictionary':
    'packs read such dictionaries with page code of their own; the bare page puts defaults there',
  'a shown seed with its control stored':
    'the page puts the control’s word into a number; ours leaves it out',
  'a reroute muted':
    '1.27.10 follows a muted reroute; 1.58.1 drops what goes through it, and so do we',
  'a primitive inside': '1.27.10 forgets primitives inside subgraphs; 1.58.1 does as we do',
  'a primitive on a shown setting': '1.58.1 forgets this primitive; 1.27.10 does as we do',
};
