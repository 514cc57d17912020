/** What the registry of macOS tells of the graphics of an Apple chip. */
export interface AppleGraphics {
  /** e.g. "Apple M3 Max". */
  readonly name?: string;
  readonly cores?: number;
  /** 0..100. */
  readonly utilisation?: number;
  /** Bytes of the machine's memory that graphics use now. */
  readonly memoryUsed?: number;
}

/**
 * Reads `ioreg -r -d 1 -w 0 -c AGXAccelerator`; needs no password. Undefined for anything else, e.g. on a
 * Mac with an Intel processor.
 */
export function parseIoreg(text: string): AppleGraphics | undefined {
  const measured = /"PerformanceStatistics"\s*=\s*\{([^}]*)\}/.exec(text)?.[1];
  if (measured === undefined) return undefined;
  // With the closing quote, so that "In use system memory (driver)" is another key.
  const number = (key: string, within: string): number | undefined => {
    const found = new RegExp(`"${key}"\\s*=\\s*(\\d+)`).exec(within)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const utilisation =
    number('Device Utilization %', measured) ?? number('Renderer Utilization %', measured);
  const memoryUsed = number('In use system memory', measured);
  const name = /"model"\s*=\s*"([^"]+)"/.exec(text)?.[1];
  const cores = number('gpu-core-count', text);
  return {
    ...(name === undefined ? {} : { name }),
    ...(cores === undefined ? {} : { cores }),
    ...(utilisation === undefined || utilisation > 100 ? {} : { utilisation }),
    ...(memoryUsed === undefined || !Number.isSafeInteger(memoryUsed) ? {} : { memoryUsed }),
  };
}
