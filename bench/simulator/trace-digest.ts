/** FNV-1a over text: tells whether two runs were the same, step by step. */
export class TraceDigest {
  #hash = 0x811c9dc5;

  add(text: string): void {
    for (let i = 0; i < text.length; i += 1) {
      this.#hash = Math.imul(this.#hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
    }
  }

  get value(): string {
    return this.#hash.toString(16).padStart(8, '0');
  }
}
