import type { ChosenFile, FileHandles } from '../app/app-state.ts';
import { TEXTS } from './texts.ts';

export interface Gathered {
  readonly files: readonly ChosenFile[];
  /** Files and folders that the browser would not let us read. */
  readonly unreadableCount: number;
  /** The ways to all of it, which outlive a reload. Undefined where the browser does not give every one. */
  readonly handles: FileHandles | undefined;
}

/** The calls made on a DataTransfer, of a drop or of a paste. */
export interface FileTransfer {
  readonly items: ArrayLike<TransferItem>;
  readonly files: ArrayLike<File>;
}

export interface TransferItem {
  readonly kind: string;
  webkitGetAsEntry: () => TransferEntry | null;
  getAsFile: () => File | null;
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** The calls made on a FileSystemEntry. */
export interface TransferEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  /** From the root of the drop: "/folder/a.txt". */
  readonly fullPath: string;
}

interface FileEntry extends TransferEntry {
  file: (onFile: (file: File) => void, onError: (error: Error) => void) => void;
}

interface FolderEntry extends TransferEntry {
  createReader: () => {
    readEntries: (
      onEntries: (entries: TransferEntry[]) => void,
      onError: (error: Error) => void,
    ) => void;
  };
}

/** Files of an input. Those of a picked folder carry their path in it. */
export function gatherFromList(files: ArrayLike<File>): ChosenFile[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** A pasted text as a file. Empty for an empty text. */
export function gatherFromText(text: string): ChosenFile[] {
  if (text === '') return [];
  const file = new File([text], `${TEXTS.pastedText}.txt`, { type: 'text/plain' });
  return [{ path: file.name, file }];
}

/**
 * What was dropped or pasted, folders with all that is in them: "folder/sub/a.txt".
 * A transfer is emptied once its event is over, so all is taken from it before the first await.
 */
export async function gatherFromTransfer(transfer: FileTransfer): Promise<Gathered> {
  const entries: TransferEntry[] = [];
  const plainFiles: File[] = [];
  const handling: Promise<FileSystemHandle | null | undefined>[] = [];
  for (const item of Array.from(transfer.items)) {
    if (item.kind !== 'file') continue;
    handling.push(findHandle(item));
    const entry = item.webkitGetAsEntry();
    const file = entry === null ? item.getAsFile() : null;
    if (entry !== null) entries.push(entry);
    if (file !== null) plainFiles.push(file);
  }
  if (entries.length === 0 && plainFiles.length === 0)
    plainFiles.push(...Array.from(transfer.files));
  const gathered = await readEntries(entries);
  const handles = (await Promise.all(handling)).filter(
    (handle) => handle !== null && handle !== undefined,
  );
  return {
    ...gathered,
    files: [...gathered.files, ...gatherFromList(plainFiles)],
    handles: handles.length > 0 && handles.length === handling.length ? handles : undefined,
  };
}

async function findHandle(item: TransferItem): Promise<FileSystemHandle | null | undefined> {
  try {
    return await item.getAsFileSystemHandle?.();
  } catch {
    return undefined;
  }
}

/** Depth first, with a stack of our own: folders may nest deeper than calls should. */
async function readEntries(entries: readonly TransferEntry[]): Promise<Omit<Gathered, 'handles'>> {
  const files: ChosenFile[] = [];
  let unreadableCount = 0;
  const pending = entries.toReversed();
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    try {
      if (isFileEntry(entry)) {
        files.push({ path: entry.fullPath.replace(/^\/+/, ''), file: await readFile(entry) });
      } else if (isFolderEntry(entry)) {
        for (const child of (await readChildren(entry)).toReversed()) pending.push(child);
      }
    } catch {
      unreadableCount += 1;
    }
  }
  return { files, unreadableCount };
}

function isFileEntry(entry: TransferEntry): entry is FileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: TransferEntry): entry is FolderEntry {
  return entry.isDirectory;
}

function readFile(entry: FileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** Browsers hand out about a hundred entries a call, and an empty list at the end. */
async function readChildren(entry: FolderEntry): Promise<TransferEntry[]> {
  const reader = entry.createReader();
  const children: TransferEntry[] = [];
  for (;;) {
    const batch = await new Promise<TransferEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}
