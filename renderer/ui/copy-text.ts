/** Puts text on the clipboard; false where the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Said when {@link copyText} could not. */
export const COPY_FAILED =
  'The browser did not allow copying. Allow the clipboard for this page, or select the text and copy it.';
