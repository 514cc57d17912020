const GIB = 1024 ** 3;

/** Bytes as gigabytes the way graphics cards are sold: "12.4 GB". */
export function formatGigabytes(bytes: number): string {
  const value = bytes / GIB;
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} GB`;
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

/** How long ago something was: "just now", "5 min ago", "2 h ago", "3 days ago". */
export function formatAgo(at: number, now = Date.now()): string {
  const minutes = Math.floor(Math.max(0, now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${String(hours)} h ago`;
  return `${String(Math.floor(hours / 24))} days ago`;
}

/** "1 change", "3 changes". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${String(amount)} ${amount === 1 ? one : many}`;
}
