import { basename, dirname, join } from 'node:path';
import { lookNow } from '../../../agent/receipts/look-now.ts';
import { neverCancelled } from '../../../base/cancellation.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import type { Receipt } from '../../../contract/run/receipt.schema.ts';
import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import { oneLine } from '../../../domain/errors/plain-error.ts';
import { receiptText } from '../../../domain/run/receipt/describe-receipt.ts';
import { findDrift } from '../../../domain/run/receipt/find-drift.ts';
import { parseReceipt } from '../../../domain/run/receipt/read-receipt.ts';
import type { Files } from '../../../ports/files.ts';
import type { ReceiptRepository } from '../../../ports/repositories.ts';
import { createDigest, createDigestBytes } from '../../../shell/system/create-digest.ts';
import type { Host } from '../../create-host.ts';
import { parseComfyTarget } from '../parse-comfy-target.ts';
import type { Terminal } from '../terminal.ts';

/** What both `receipt` commands need. */
export interface ReceiptParts {
  readonly terminal: Terminal;
  readonly files: Files;
  readonly receipts: Pick<ReceiptRepository, 'find'>;
}

/** What `receipt verify` was called with. */
export interface VerifyOptions {
  readonly comfy?: string;
  readonly json?: boolean;
}

/** A receipt is some hundred kilobytes; a payload with footage in it may be large. */
const LIMIT = 64 * 1024 * 1024;
const PICTURE_LIMIT = 512 * 1024 * 1024;

/** Prints a receipt in words: from a file, or by the id of its run. */
export async function showReceipt(
  name: string,
  options: { readonly json?: boolean },
  parts: ReceiptParts,
): Promise<ExitCode> {
  const { terminal } = parts;
  const json = options.json === true;
  const read = await readReceipt(name, parts);
  if (!read.ok) return terminal.fail(read.error, json);
  const { receipt } = read.value;
  if (json) terminal.printJson(receipt);
  else terminal.print(receiptText(receipt));
  return EXIT.ok;
}

/** Says what has changed since the receipt was written; exit code 8 when something has. */
export async function verifyReceipt(
  name: string,
  options: VerifyOptions,
  { host, ...parts }: ReceiptParts & { readonly host: Host },
): Promise<ExitCode> {
  const { terminal, files } = parts;
  const json = options.json === true;
  const read = await readReceipt(name, parts);
  if (!read.ok) return terminal.fail(read.error, json);
  const { receipt, folder } = read.value;
  const target = parseComfyTarget(options.comfy ?? receipt.server.name);
  if (!target.ok) return terminal.fail(target.error, json);
  const connected = await host.connect(target.value);
  const { link, modelFiles } = host.agent;
  const ready = link.ready();
  const now = await lookNow(receipt, {
    comfy: ready.ok ? ready.value : undefined,
    why: 'no ComfyUI could be asked',
    catalog: link.catalog,
    modelFiles,
    digest: createDigest(),
    digestBytes: createDigestBytes(),
    cancellation: neverCancelled,
    readCopy: async (filename) => {
      if (folder === undefined) return undefined;
      // Only its last part: the name comes out of a file that anybody may have written.
      const copy = join(folder, basename(filename.replaceAll('\\', '/')));
      const bytes = await files.read(copy, PICTURE_LIMIT);
      return bytes.ok ? bytes.value : undefined;
    },
    onReading: (model) => {
      if (!json) terminal.note(`Reading ${model.name}…`);
    },
  });
  const report = findDrift(receipt, now);
  if (json) terminal.printJson({ promptId: receipt.promptId, ...report });
  else {
    const { drift, unchecked, compared } = report;
    if (!connected.ok) terminal.note(oneLine(connected.error));
    terminal.print(
      drift.length === 0
        ? `Nothing has changed; ${String(compared)} things were compared.`
        : `${String(drift.length)} of ${String(compared)} things have changed since:`,
    );
    for (const { sentence } of drift) terminal.print(`  ${sentence}`);
    if (unchecked.length > 0) terminal.print('Not checked:');
    for (const sentence of unchecked) terminal.print(`  ${sentence}`);
  }
  if (report.drift.length > 0) return EXIT.drifted;
  return now.server === undefined ? EXIT.comfy : EXIT.ok;
}

interface ReadReceipt {
  readonly receipt: Receipt;
  /** Where copies of its results may lie; undefined for one of our own, beside which there are none. */
  readonly folder?: string;
}

async function readReceipt(
  name: string,
  { files, receipts }: ReceiptParts,
): Promise<Result<ReadReceipt, AppError>> {
  const bytes = await files.read(name, LIMIT);
  if (bytes.ok) {
    const parsed = parseReceipt(new TextDecoder().decode(bytes.value), name);
    return parsed.ok ? ok({ receipt: parsed.value, folder: dirname(name) }) : parsed;
  }
  if (bytes.error.code !== 'file/not-found' || /[./\\]/.test(name)) return bytes;
  const found = await receipts.find(name);
  if (!found.ok) return found;
  return found.value === undefined
    ? err(appError('receipt/unknown', { promptId: name }))
    : ok({ receipt: found.value });
}
