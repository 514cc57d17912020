/** One field of a form: a text, or a file when it has a file name. */
export interface FormField {
  readonly name: string;
  /** Undefined when the field is no file. */
  readonly filename: string | undefined;
  readonly bytes: Buffer;
}

/** Reads a multipart/form-data body; a body of another type has no fields. */
export function parseForm(contentType: string | undefined, body: Buffer): readonly FormField[] {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];
  if (boundary === undefined) return [];
  const mark = Buffer.from(`--${boundary}`);
  const fields: FormField[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    const next = body.indexOf(mark, start);
    if (next < 0 || body.subarray(start, start + 2).toString('latin1') === '--') break;
    // Between the marks: line break, part, line break.
    const field = parsePart(body.subarray(start + 2, next - 2));
    if (field !== undefined) fields.push(field);
    at = next;
  }
  return fields;
}

function parsePart(part: Buffer): FormField | undefined {
  const split = part.indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  const head = part.subarray(0, split).toString('utf8');
  const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return undefined;
  const plain = /filename="([^"]*)"/i.exec(head)?.[1];
  const encoded = /filename\*=utf-8''([^;\r\n]+)/i.exec(head)?.[1];
  const filename = plain ?? (encoded === undefined ? undefined : decodeURIComponent(encoded));
  // aiohttp takes a part without a file name, or with an empty one, for a plain value.
  return {
    name,
    filename: filename === '' ? undefined : filename,
    bytes: part.subarray(split + 4),
  };
}
