import type { AppError } from '../../contract/errors.ts';
import { artistMessage } from './artist-message.ts';

/** The whole error on one line, for a terminal: title, what happened, and what to do next. */
export function oneLine(error: AppError): string {
  const { title, body } = artistMessage(error);
  return `${title}. ${body} ${adviceLine(error)}`.replace(/\s+/g, ' ').trim();
}

/** What of an error `told` does not say yet: what to do next, or all of it. */
export function restOf(error: AppError, told: string): string {
  return told.includes(artistMessage(error).body) ? adviceLine(error) : oneLine(error);
}

/** What can be done about it without a button; "" where nothing is known. */
function adviceLine(error: AppError): string {
  const advice = artistMessage(error).nextSteps.find((step) => step.command === undefined);
  return advice === undefined ? '' : `${advice.label}.`;
}
