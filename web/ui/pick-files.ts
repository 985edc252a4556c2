import type { FileHandles, FollowReading } from '../app/app-state.ts';
import { gatherFromHandles } from '../app/gather-from-handles.ts';
import type { Gathered } from './gather-files.ts';

/** The calls made on a window that has pickers of its own, which give the ways to what was chosen. */
export interface PickerWindow {
  readonly matchMedia: (query: string) => { readonly matches: boolean };
  readonly showOpenFilePicker?: (options: { multiple: true }) => Promise<FileHandles>;
  readonly showDirectoryPicker?: () => Promise<FileSystemHandle>;
}

export type PickKind = 'files' | 'folder';

/** A finger is better served by the input, which offers camera and photos. */
export function hasPicker(page: PickerWindow, kind: PickKind): boolean {
  if (page.matchMedia('(pointer: coarse)').matches) return false;
  const picker = kind === 'files' ? page.showOpenFilePicker : page.showDirectoryPicker;
  return picker !== undefined;
}

/**
 * Lets a person choose, who has just pressed something; what is chosen is then read, and followed meanwhile. `refused` where the browser does not show its picker here;
 * undefined where the person thought better of it.
 */
export async function pickFiles(
  page: PickerWindow,
  kind: PickKind,
  follow: FollowReading,
): Promise<Gathered | 'refused' | undefined> {
  try {
    const handles = await pick(page, kind);
    return { ...(await follow(gatherFromHandles(handles))), handles };
  } catch (error) {
    return error instanceof Error && error.name === 'SecurityError' ? 'refused' : undefined;
  }
}

async function pick(page: PickerWindow, kind: PickKind): Promise<FileHandles> {
  if (kind === 'files') return (await page.showOpenFilePicker?.({ multiple: true })) ?? [];
  const folder = await page.showDirectoryPicker?.();
  return folder === undefined ? [] : [folder];
}
