import type { Bytes } from '../../shared/share/bytes.ts';

/** A folder on no disk, as far as saving into it goes. */
export class FakeFolder {
  readonly folders = new Map<string, FakeFolder>();
  readonly files = new Map<string, FakeFile>();
  readonly name: string;
  readonly #isRefused: (name: string) => boolean;

  /** No file or folder below it can be called what is refused. */
  constructor(isRefused: (name: string) => boolean = () => false, name = '') {
    this.#isRefused = isRefused;
    this.name = name;
  }

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    if (this.#isRefused(name)) throw new TypeError('Name is not allowed.');
    if (this.files.has(name)) throw new DOMException('', 'TypeMismatchError');
    const found =
      this.folders.get(name) ?? (create ? new FakeFolder(this.#isRefused, name) : undefined);
    if (found === undefined) throw new DOMException('', 'NotFoundError');
    this.folders.set(name, found);
    return found;
  }

  async getFileHandle(name: string, { create = false } = {}): Promise<FakeFile> {
    if (this.#isRefused(name)) throw new TypeError('Name is not allowed.');
    if (this.folders.has(name)) throw new DOMException('', 'TypeMismatchError');
    const found = this.files.get(name) ?? (create ? new FakeFile(name) : undefined);
    if (found === undefined) throw new DOMException('', 'NotFoundError');
    this.files.set(name, found);
    return found;
  }

  async removeEntry(name: string): Promise<void> {
    this.files.delete(name);
  }

  /** Every file by its path, with its text. */
  list(): Record<string, string> {
    const own = [...this.files].map(([name, { text }]) => [name, text] as const);
    const inner = [...this.folders].flatMap(([name, folder]) =>
      Object.entries(folder.list()).map(([path, text]) => [`${name}/${path}`, text] as const),
    );
    return Object.fromEntries([...own, ...inner]);
  }
}

/** Has its new content once it is closed, as browsers do it. */
export class FakeFile {
  readonly name: string;
  text = '';
  isRemoved = false;
  /** Writes beyond so many fail, as on a full disk. */
  maxWrites = Infinity;

  constructor(name = '') {
    this.name = name;
  }

  async createWritable() {
    const parts: Bytes[] = [];
    return {
      write: async (bytes: Bytes) => {
        if (parts.length >= this.maxWrites) throw new DOMException('', 'QuotaExceededError');
        parts.push(bytes.slice());
      },
      close: async () => {
        if (this.name.includes('malware')) throw new DOMException('Blocked.', 'AbortError');
        this.text = await new Blob(parts).text();
      },
      abort: async () => {},
    };
  }

  async getFile(): Promise<{ size: number }> {
    return { size: this.text.length };
  }

  async remove(): Promise<void> {
    this.isRemoved = true;
  }
}
