/** What the page takes from its surroundings while it makes a payload; both come through ports here. */
export interface PayloadMoment {
  /** Local time, for `%date:…%` in file names. Without it these stay and are reported. */
  readonly now?: {
    readonly year: number;
    /** 1 to 12. */
    readonly month: number;
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
  };
  /** Picks one of `count` choices of a `{a|b}` text, 0-based. Without it the first is taken. */
  readonly pick?: (count: number) => number;
}
