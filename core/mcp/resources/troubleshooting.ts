import { type ErrorCode, appError, errorData } from '../../contract/errors.ts';
import { artistMessage } from '../../domain/errors/artist-message.ts';
import { sampleErrors } from '../../domain/errors/error-samples.ts';

/** Every code that has a page, in the order of the contract. */
export const errorCodes: readonly ErrorCode[] = Object.keys(errorData) as ErrorCode[];

/** The list of all troubleshooting pages, as Markdown. */
export function listTroubleshooting(): string {
  const lines = errorCodes.map((code) => `- \`${code}\`: ${toMessage(code).title}`);
  return `# What can go wrong\n\n${lines.join('\n')}\n`;
}

/** One page as Markdown: what happened, and what to do; undefined for a code that there is not. */
export function troubleshootingPage(code: string): string | undefined {
  const known = errorCodes.find((candidate) => candidate === code);
  if (known === undefined) return undefined;
  const { title, body, nextSteps } = toMessage(known);
  const steps = nextSteps.map(({ label }) => `- ${label}`).join('\n');
  return `# ${title}\n\nCode: \`${known}\`. For example:\n\n${body}\n\n## What to do\n\n${steps}\n`;
}

function toMessage(code: ErrorCode): ReturnType<typeof artistMessage> {
  return artistMessage(
    sampleErrors().find((sample) => sample.code === code) ?? appError('cancelled', {}),
  );
}
