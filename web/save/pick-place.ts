import type { SavePlace, Saver } from '../app/ports/saver.ts';
import { PickError } from '../app/ports/saver.ts';
import { PickedFile } from './picked-file.ts';
import { PickedFolder } from './picked-folder.ts';

/** A window, and the pickers that some browsers have there. */
interface PickerWindow {
  readonly isSecureContext: boolean;
  readonly showSaveFilePicker?: (options: {
    readonly suggestedName: string;
  }) => Promise<FileSystemFileHandle>;
  readonly showDirectoryPicker?: (options: {
    readonly mode: 'readwrite';
  }) => Promise<FileSystemDirectoryHandle>;
}

/** Asks a person, for as long as that takes. Undefined where they do not want to. Rejects with PickError alone. */
export async function pickPlace(
  pickers: PickerWindow,
  kind: SavePlace,
  suggestedName: string,
): Promise<Saver | undefined> {
  try {
    if (kind === 'file') {
      const handle = await pickers.showSaveFilePicker?.({ suggestedName });
      return handle && new PickedFile(handle);
    }
    const folder = await pickers.showDirectoryPicker?.({ mode: 'readwrite' });
    return folder && new PickedFolder(folder);
  } catch (cause) {
    // The dialog was closed.
    if (cause instanceof DOMException && cause.name === 'AbortError') return undefined;
    throw new PickError('refused', { cause });
  }
}
