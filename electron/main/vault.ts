import { type VaultAnswer, VaultRequestSchema } from '../../core/contract/vault.ts';

/** The part of Electron's `safeStorage` that the vault needs. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  /** Linux only: "basic_text" means that there is no keychain and the key is a fixed one. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

/** Answers the core with the system's keychain; undefined when the message asks for nothing of it. */
export function answerVault(message: unknown, storage: SafeStorage): VaultAnswer | undefined {
  const request = VaultRequestSchema.safeParse(message);
  if (!request.success) return undefined;
  const { id, action, text } = request.data;
  const answer = (given: string | null): VaultAnswer => ({ type: 'vault', id, text: given });
  if (!isKeychain(storage)) return answer(null);
  try {
    return answer(
      action === 'seal'
        ? storage.encryptString(text).toString('base64')
        : storage.decryptString(Buffer.from(text, 'base64')),
    );
  } catch {
    // Sealed by another user, or the keychain is locked.
    return answer(null);
  }
}

function isKeychain(storage: SafeStorage): boolean {
  if (!storage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || storage.getSelectedStorageBackend?.() !== 'basic_text';
}
