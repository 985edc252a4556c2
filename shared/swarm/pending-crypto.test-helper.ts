const METHODS = [
  'decrypt',
  'deriveBits',
  'deriveKey',
  'digest',
  'encrypt',
  'exportKey',
  'generateKey',
  'importKey',
  'sign',
  'verify',
] as const;

const pending = new Set<Promise<unknown>>();

/** Counts what WebCrypto has been asked and not answered yet: its answers come in no order, and at no fixed time. */
for (const method of METHODS) {
  const original: (...args: never[]) => Promise<unknown> = crypto.subtle[method];
  Object.defineProperty(crypto.subtle, method, {
    configurable: true,
    writable: true,
    value: (...args: never[]) => {
      const answering = original.apply(crypto.subtle, args);
      pending.add(answering);
      const forget = (): void => void pending.delete(answering);
      answering.then(forget, forget);
      return answering;
    },
  });
}

/** Until nothing is left that WebCrypto was asked, nor anything that its answers led to. */
export async function settleCrypto(): Promise<void> {
  do {
    await Promise.allSettled(pending);
    await new Promise((resolve) => setTimeout(resolve, 0));
  } while (pending.size > 0);
}
