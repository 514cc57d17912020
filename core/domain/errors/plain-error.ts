import type { AppError } from '../../contract/errors.ts';
import { artistMessage } from './artist-message.ts';

/** The whole error on one line, for a terminal: title, what happened, and what to do next. */
export function oneLine(error: AppError): string {
  const { title, body, nextSteps } = artistMessage(error);
  const advice = nextSteps.find((step) => step.command === undefined);
  const line = `${title}. ${body}${advice === undefined ? '' : ` ${advice.label}.`}`;
  return line.replace(/\s+/g, ' ').trim();
}
