/** Written workflows on which the page and we are meant to differ, and why. */
export const knownExceptions: Readonly<Record<string, string>> = {
  'sampler with its values in a dictionary':
    'packs read such dictionaries with page code of their own; the bare page puts defaults there',
  'a shown seed with its control stored':
    'the page puts the control’s word into a number; ours leaves it out',
  'a reroute muted': 'pages after 1.27 drop what goes through a muted reroute, and so do we',
  'a primitive inside':
    'pages before 1.33 forget primitives inside subgraphs; newer ones do as we do',
  'a primitive on a shown setting': 'pages after 1.27 forget this primitive; 1.27 does as we do',
};
