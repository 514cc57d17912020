/** Input of a node class that names a file and is checked by the node itself (its VALIDATE_INPUTS). */
export interface FileCheck {
  readonly input: string;
  /** What the refusal calls the file: "Invalid image file: …". */
  readonly noun: string;
}

/** Classes of ComfyUI 0.3.64 that look whether the file is there instead of comparing with a list. */
export const fileChecks: ReadonlyMap<string, FileCheck> = new Map([
  ['LoadImage', { input: 'image', noun: 'image' }],
  ['LoadImageMask', { input: 'image', noun: 'image' }],
  ['LoadImageOutput', { input: 'image', noun: 'image' }],
  ['LoadLatent', { input: 'latent', noun: 'latent' }],
  ['LoadAudio', { input: 'audio', noun: 'audio' }],
  ['LoadVideo', { input: 'file', noun: 'video' }],
]);
