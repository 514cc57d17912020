import type { SessionState } from '../../../contract/session.schema.ts';
import { ORDINAL_WORDS } from '../words/lexicon.ts';

const YES =
  /^(?:yes|yeah|yep|yup|sure|ok|okay|do it|do that|go on|please do|that one|yes please|sounds good)$/;

/**
 * Reads an answer to the last question: "yes" to a single offer, "the second one", "both", or words that
 * fit exactly one of the offers. Undefined: the message stands for itself.
 */
export function followUp(message: string, session: SessionState): string | undefined {
  const last = session.turns.findLast((turn) => turn.status !== 'thinking');
  const part = last?.parts.findLast((each) => each.kind === 'suggestions');
  const offers = part?.kind === 'suggestions' ? part.suggestions : [];
  // Only a question that was left open can be answered; after tool calls offers are ideas, no more.
  const isOpen = last?.parts.every((each) => each.kind === 'text' || each.kind === 'suggestions');
  if (offers.length === 0 || isOpen !== true) return undefined;
  const plain = message
    .toLowerCase()
    .trim()
    .replaceAll(/[.!,]+$/g, '');
  if (YES.test(plain)) return offers.length === 1 ? offers[0] : undefined;
  const ordinal =
    /^(?:on |the |option |number |#)*(?<which>\w+)(?: one| option)?(?: please)?$/.exec(plain)
      ?.groups?.['which'] ?? '';
  const place =
    ORDINAL_WORDS[ordinal] ??
    (/^\d$/.test(ordinal) && /option|number|#/.test(plain) ? Number(ordinal) : undefined);
  if (place !== undefined) return place < 0 ? offers.at(place) : offers[place - 1];
  if (/^(?:on )?(?:both|all)(?: of them)?$/.test(plain))
    return offers.find((offer) => /\bon (?:both|all)$/.test(offer));
  const fitting = offers.filter((offer) => offer.toLowerCase().includes(plain));
  return plain.length >= 3 && plain.split(/\s+/).length <= 4 && fitting.length === 1
    ? fitting[0]
    : undefined;
}
