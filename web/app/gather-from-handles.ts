import type { ChosenFile, FileHandles } from './app-state.ts';

/** Enough for the browser to be busy, however far its files are. */
const READ_AT_ONCE = 64;

interface FolderHandle extends FileSystemHandle {
  values: () => AsyncIterable<FileSystemHandle>;
}

interface FoundFile {
  readonly path: string;
  readonly handle: FileSystemFileHandle;
}

/** The files that handles lead to now, folders with all that is in them, and how many could not be read. */
export async function gatherFromHandles(
  handles: FileHandles,
): Promise<{ files: ChosenFile[]; unreadableCount: number }> {
  const found: FoundFile[] = [];
  let unreadableCount = 0;
  const pending = handles.map((handle) => ({ handle, folder: '' })).toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { handle, folder } = next;
    const path = `${folder}${handle.name}`;
    if (isFile(handle)) found.push({ path, handle });
    else if (isFolder(handle)) {
      const children = await listChildren(handle);
      if (children === undefined) unreadableCount += 1;
      for (const child of (children ?? []).toReversed())
        pending.push({ handle: child, folder: `${path}/` });
    }
  }
  const files: ChosenFile[] = [];
  for (let first = 0; first < found.length; first += READ_AT_ONCE) {
    const reading = found.slice(first, first + READ_AT_ONCE).map(readFile);
    for (const file of await Promise.all(reading)) {
      if (file === undefined) unreadableCount += 1;
      else files.push(file);
    }
  }
  return { files, unreadableCount };
}

async function readFile({ path, handle }: FoundFile): Promise<ChosenFile | undefined> {
  try {
    return { path, file: await handle.getFile() };
  } catch {
    return undefined;
  }
}

async function listChildren(folder: FolderHandle): Promise<FileSystemHandle[] | undefined> {
  const children: FileSystemHandle[] = [];
  try {
    for await (const child of folder.values()) children.push(child);
    return children;
  } catch {
    return undefined;
  }
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isFolder(handle: FileSystemHandle): handle is FolderHandle {
  return handle.kind === 'directory' && 'values' in handle;
}
