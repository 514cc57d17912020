import { type VaultRequest, VaultAnswerSchema } from '../contract/vault.ts';
import type { Sealer } from '../shell/secrets/create-secrets.ts';

/** The keychain behind messages to the app's main process. */
export interface VaultClient extends Sealer {
  /** Takes an answer; false when the message is something else. */
  receive(message: unknown): boolean;
}

/** Makes the core's side of it; `post` reaches the main process. */
export function createVaultClient(post: (request: VaultRequest) => void): VaultClient {
  const waiting = new Map<number, (text: string | undefined) => void>();
  let asked = 0;
  const ask = (action: VaultRequest['action'], text: string): Promise<string | undefined> => {
    asked += 1;
    const id = asked;
    const answer = new Promise<string | undefined>((resolve) => waiting.set(id, resolve));
    post({ type: 'vault', id, action, text });
    return answer;
  };
  return {
    seal: (text) => ask('seal', text),
    open: (sealed) => ask('open', sealed),
    receive: (message) => {
      const answer = VaultAnswerSchema.safeParse(message);
      if (!answer.success) return false;
      const { id, text } = answer.data;
      waiting.get(id)?.(text ?? undefined);
      waiting.delete(id);
      return true;
    },
  };
}
