import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { redactSecrets } from '../../domain/failure/redact-text.ts';

/** comfy-cli answers `--json` with one of these on a line of its own (seen with 1.23.0). */
const EnvelopeSchema = z.object({
  schema: z.literal('envelope/1'),
  ok: z.boolean(),
  data: z.unknown(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullish() }).nullish(),
});

/** What a call of the program came to. */
export interface ProgramEnd {
  readonly stdout: string;
  readonly stderr: string;
  /** Set when it did not end by itself in time. */
  readonly isTooLate: boolean;
}

/** Reads the answer to one command; what is said about a failure is without secrets. */
export function readEnvelope<T>(
  action: string,
  end: ProgramEnd,
  schema: z.ZodType<T>,
): Result<T, AppError> {
  const failed = (code: string, message: string): AppError =>
    appError('comfy-cli/failed', { action, code, message: redactSecrets(message) });
  if (end.isTooLate) return err(failed('timeout', 'it took too long'));
  const envelope = findEnvelope(end.stdout);
  if (envelope === undefined) {
    const said = end.stderr.trim().split('\n').at(-1) ?? '';
    return err(failed('unreadable', said === '' ? 'it said nothing that can be read' : said));
  }
  if (!envelope.ok) {
    const { code = 'unknown', message = 'it did not say why' } = envelope.error ?? {};
    return err(failed(code, message));
  }
  const data = schema.safeParse(envelope.data);
  return data.success ? ok(data.data) : err(failed('unreadable', 'its answer has another shape'));
}

function findEnvelope(stdout: string): z.infer<typeof EnvelopeSchema> | undefined {
  for (const line of stdout.split('\n').reverse()) {
    if (!line.startsWith('{')) continue;
    const parsed = EnvelopeSchema.safeParse(parse(line));
    if (parsed.success) return parsed.data;
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
