import type { AppError } from '../../contract/errors.ts';
import { changeMessages } from './change-messages.ts';
import { comfyCliMessages } from './comfy-cli-messages.ts';
import { comfyMessages } from './comfy-messages.ts';
import { hostMessages } from './host-messages.ts';
import type { ArtistMessage, ErrorCopy } from './message-parts.ts';
import { receiptMessages } from './receipt-messages.ts';
import { batchMessages } from './batch-messages.ts';
import { runMessages } from './run-messages.ts';
import { serverMessages } from './server-messages.ts';
import { workflowMessages } from './workflow-messages.ts';

export type { ArtistMessage, NextStep, StepCommand } from './message-parts.ts';

const copy = {
  ...workflowMessages,
  ...changeMessages,
  ...comfyMessages,
  ...comfyCliMessages,
  ...serverMessages,
  ...batchMessages,
  ...runMessages,
  ...receiptMessages,
  ...hostMessages,
} satisfies ErrorCopy;

/** What happened, that work is safe, and what to do next, in an artist's words. */
export function artistMessage(error: AppError): ArtistMessage {
  // The mapped type ties each code to its data; the compiler cannot follow that through an index.
  const write = copy[error.code] as (data: AppError['data']) => ArtistMessage;
  return write(error.data);
}
