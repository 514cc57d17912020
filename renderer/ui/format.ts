const GIB = 1024 ** 3;

/** Bytes as gigabytes the way graphics cards are sold: "12.4 GB". */
export function formatGigabytes(bytes: number): string {
  const value = bytes / GIB;
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} GB`;
}

/** A length of time: "850 ms", "4.2 s", "1 min 05 s". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${ms.toFixed(0)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Time still to go, without false precision: "about 5 s left", "about 2 min left". */
export function formatRemaining(ms: number): string {
  if (ms < 1_500) return 'almost done';
  if (ms < 90_000) return `about ${String(Math.round(ms / 1_000))} s left`;
  return `about ${String(Math.round(ms / 60_000))} min left`;
}

/** When something was, as a list shows it: "20 Nov, 22:41". */
export function formatWhen(at: number): string {
  return new Date(at).toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** "1 change", "3 changes". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${String(amount)} ${amount === 1 ? one : many}`;
}
