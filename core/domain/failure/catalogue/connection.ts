import { act, advice, enter, type FailureEntry, say, startWith } from '../failure-entry.ts';

const queue = say('How is the queue?');

/** What a client meets on its way to ComfyUI. */
export const connectionFailures: readonly FailureEntry[] = [
  {
    code: 'failed-fetch',
    pattern: /failed to fetch|^\s*reconnecting(?:…|\.{3})?/im,
    cause: 'gone',
    kind: 'failure',
    title: 'ComfyUI went away',
    meaning: 'The server ended or was restarted in the middle of something.',
    otherwise: 'Or the machine ran out of memory, and the system ended it.',
    steps: [queue, advice('Look at the last lines of ComfyUI’s log')],
  },
  {
    code: 'ws-1006',
    pattern: /\b(?:code|close\w*)\D{0,12}1006\b/i,
    cause: 'gone-socket',
    kind: 'failure',
    title: 'The line to ComfyUI was cut',
    meaning: 'ComfyUI ended without a word.',
    otherwise: 'Or a proxy in between closed a line on which nothing was said for a while.',
    steps: [queue],
  },
  {
    code: 'ws-400',
    pattern: /handshake\D{0,40}(?:400|426|502)\b/i,
    cause: 'proxy',
    kind: 'failure',
    title: 'A proxy does not let the live line through',
    meaning: 'Something between here and ComfyUI does not pass on live connections.',
    steps: [advice('Ask whoever runs the proxy to let WebSocket connections through')],
  },
  {
    code: 'refused',
    pattern: /econnrefused|connection refused|actively refused/i,
    cause: 'not-running',
    kind: 'failure',
    title: 'ComfyUI does not answer',
    meaning: 'It is not running.',
    otherwise: 'Or it listens at another port: the desktop app uses 8000, not 8188.',
    steps: [act('Start ComfyUI'), enter('Or try the address', 'http://127.0.0.1:8000')],
  },
  {
    code: 'origin-403',
    pattern:
      /\b(?:http\/1\.[01]|status|code|answered with the number)\D{0,12}403\b|\b403:? forbidden/i,
    cause: 'origin',
    kind: 'failure',
    title: 'ComfyUI turned the request down',
    meaning: 'ComfyUI only takes requests of its own page, and this one came from another address.',
    otherwise: 'Or something in front of it wants a sign-in.',
    steps: [startWith('--enable-cors-header')],
  },
  {
    code: 'too-large',
    pattern: /maximum request body size|\b413\b[:\s]*request entity too large|content too large/i,
    cause: 'body',
    kind: 'failure',
    title: 'This is larger than ComfyUI takes at once',
    meaning: 'A picture or the workflow itself is beyond its limit.',
    detail: (said) => {
      const bytes = /body size (\d+)/i.exec(said)?.[1];
      return bytes === undefined
        ? undefined
        : `The limit is ${String(Math.round(Number(bytes) / 1024 ** 2))} MB.`;
    },
    steps: [startWith('--max-upload-size 500')],
  },
  {
    code: 'tls',
    pattern:
      /self[-_ ]signed[-_ ]cert|depth_zero_self_signed_cert|unable to verify the first certificate/i,
    cause: 'own-certificate',
    kind: 'failure',
    title: 'The certificate of this ComfyUI is not known',
    meaning: 'It was made by whoever set it up, and nobody vouches for it.',
    steps: [act('Compare its fingerprint with whoever set it up, then pin that certificate')],
  },
  {
    code: 'auth',
    pattern:
      /\b(?:http\/1\.[01]|status|code|answered with the number)\D{0,12}401\b|\b401:? unauthorized|<!doctype html|<html[\s>]/i,
    cause: 'sign-in-page',
    kind: 'failure',
    title: 'Something in front of ComfyUI wants a sign-in',
    meaning: 'A proxy answered with its own page instead of ComfyUI.',
    otherwise: 'Or this is another program’s address.',
    steps: [act('Add the sign-in to the address of this ComfyUI in the settings')],
  },
];
