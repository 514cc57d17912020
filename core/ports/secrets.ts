import type { Result } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';

/** Passwords, tokens and keys, kept where only this person can read them: the system's keychain where there is one. */
export interface Secrets {
  /** Undefined when nothing is kept under this name; `lost` when it is kept but cannot be read here. */
  read(name: string): Promise<SecretReading>;
  write(name: string, secret: string): Promise<Result<void, AppError>>;
  remove(name: string): Promise<Result<void, AppError>>;
}

/** What was found under a name. */
export type SecretReading =
  | { readonly kind: 'found'; readonly secret: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'lost' };
