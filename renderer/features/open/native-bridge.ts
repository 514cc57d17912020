import { NATIVE_BRIDGE, type NativeBridge } from '../../../core/contract/native.ts';

/** What the desktop shell adds; undefined in a browser. */
export function nativeBridge(): NativeBridge | undefined {
  return (window as Partial<Record<typeof NATIVE_BRIDGE, NativeBridge>> & Window)[NATIVE_BRIDGE];
}
