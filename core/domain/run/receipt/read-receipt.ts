import { parseExactJson, stringifyExactJson } from '../../../base/exact-json.ts';
import { type JsonValue, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import {
  RECEIPT_VERSION,
  type Receipt,
  ReceiptSchema,
} from '../../../contract/run/receipt.schema.ts';

/** Reads a receipt's text; `name` is what the artist calls the file. */
export function parseReceipt(text: string, name: string): Result<Receipt, AppError> {
  const parsed = parseExactJson(text);
  if (!parsed.ok)
    return err(appError('receipt/unreadable', { name, reason: parsed.error.message }));
  const stored = parsed.value;
  if (!isJsonObject(stored) || stored['kind'] !== 'second-unit-receipt') {
    return err(appError('receipt/unreadable', { name, reason: 'it is no receipt' }));
  }
  const version = stored['version'];
  if (typeof version === 'number' && version > RECEIPT_VERSION) {
    return err(appError('receipt/newer-version', { name, version }));
  }
  const receipt = ReceiptSchema.safeParse(stored);
  if (receipt.success) return ok(receipt.data);
  const where = receipt.error.issues[0]?.path.join('.') ?? '';
  return err(appError('receipt/unreadable', { name, reason: `“${where}” is not as it should be` }));
}

/** A receipt as it is stored: JSON that a person can read, integers with all their digits. */
export function serializeReceipt(receipt: Receipt): string {
  // It is JSON by its schema; the type of its optional parts does not say so.
  return `${stringifyExactJson(receipt as unknown as JsonValue, 2)}\n`;
}
