/** One thing that the transform did beyond copying, as a sentence for the artist. */
export interface PayloadNote {
  readonly nodeId: string;
  readonly nodeTitle: string;
  /** `guessed`: likely, worth a look; `left-out`: not sent. */
  readonly kind: 'guessed' | 'left-out';
  readonly message: string;
  /** The input that it is about, when it is about one. */
  readonly input?: string;
}
