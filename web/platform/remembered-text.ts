/** A short text that outlives a reload, where the browser lets the page keep one. */
export interface RememberedText {
  read: () => string | undefined;
  write: (text: string) => void;
}

/** In local storage, which answers before the page is first drawn. */
export function rememberText(key: string): RememberedText {
  return {
    read: () => quietly(() => localStorage.getItem(key) ?? undefined),
    write: (text) => quietly(() => localStorage.setItem(key, text)),
  };
}

/** Where a person has forbidden it, even looking throws. */
function quietly<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
