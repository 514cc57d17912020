import { describe, expect, it } from 'vitest';
import { type SafeStorage, answerVault } from './vault.ts';

const storage = (over: Partial<SafeStorage> = {}): SafeStorage => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text) => Buffer.from(Array.from(text).reverse().join('')),
  decryptString: (sealed) => {
    const text = sealed.toString();
    if (text.startsWith('!')) throw new Error('another user');
    return Array.from(text).reverse().join('');
  },
  ...over,
});
const ask = (action: 'seal' | 'open', text: string) => ({ type: 'vault', id: 4, action, text });

describe('the keychain that the core asks through the main process', () => {
  it('seals and opens', () => {
    const sealed = answerVault(ask('seal', 'pass'), storage());
    expect(sealed).toEqual({ type: 'vault', id: 4, text: Buffer.from('ssap').toString('base64') });
    expect(answerVault(ask('open', sealed?.text ?? ''), storage())?.text).toBe('pass');
  });

  it('says no where there is no keychain, and where its key is a fixed one', () => {
    const none = storage({ isEncryptionAvailable: () => false });
    expect(answerVault(ask('seal', 'pass'), none)?.text).toBeNull();
    const fixed = storage({ getSelectedStorageBackend: () => 'basic_text' });
    const isLinux = process.platform === 'linux';
    expect(answerVault(ask('seal', 'pass'), fixed)?.text === null).toBe(isLinux);
  });

  it('says no to what another user sealed, and is silent about other messages', () => {
    const foreign = Buffer.from('!x').toString('base64');
    expect(answerVault(ask('open', foreign), storage())?.text).toBeNull();
    expect(answerVault({ type: 'ready' }, storage())).toBeUndefined();
  });
});
