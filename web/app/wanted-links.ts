import type { FileId } from '../../shared/share/file-id.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { TabMemory } from './ports/tab-channel.ts';
import { formatFileId, parseFileId } from '../../shared/share/file-id.ts';

const PREFIX = 'wanted/';

/**
 * Links whose download this tab waits for, over its reloads. Of a share that nobody has shown yet there is no header,
 * and so no record: the link is all there is to remember.
 */
export class WantedLinks {
  readonly #memory: TabMemory;

  constructor(memory: TabMemory) {
    this.#memory = memory;
  }

  list(): readonly FileId[] {
    return [...this.#memory.keys()].flatMap((name) => {
      const parsed = parseFileId(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '');
      return parsed.ok ? [parsed.value] : [];
    });
  }

  has(shareId: ShareId): boolean {
    return this.list().some((fileId) => fileId.shareId === shareId);
  }

  add(fileId: FileId): void {
    this.#memory.add(PREFIX + formatFileId(fileId));
  }

  delete(key: string): void {
    for (const fileId of this.list()) {
      if (fileId.shareId === key) this.#memory.delete(PREFIX + formatFileId(fileId));
    }
  }
}
