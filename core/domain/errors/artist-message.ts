import type { AppError } from '../../contract/errors.ts';
import { changeMessages } from './messages/change-messages.ts';
import { comfyCliMessages } from './messages/comfy-cli-messages.ts';
import { comfyMessages } from './messages/comfy-messages.ts';
import { hostMessages } from './messages/host-messages.ts';
import type { ArtistMessage, ErrorCopy } from './messages/message-parts.ts';
import { receiptMessages } from './messages/receipt-messages.ts';
import { batchMessages } from './messages/batch-messages.ts';
import { runMessages } from './messages/run-messages.ts';
import { serverMessages } from './messages/server-messages.ts';
import { workflowMessages } from './messages/workflow-messages.ts';

export type { ArtistMessage, NextStep, StepCommand } from './messages/message-parts.ts';

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
