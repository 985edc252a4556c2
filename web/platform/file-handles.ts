import type { ChosenFile, FileHandles } from '../app/app-state.ts';
import type { KeptFiles } from '../app/ports/kept-files.ts';

/** What Chromium has beyond the common part of a handle. */
interface AskableHandle extends FileSystemHandle {
  queryPermission?: (descriptor: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (descriptor: { mode: 'read' }) => Promise<PermissionState>;
}

interface FolderHandle extends FileSystemHandle {
  values: () => AsyncIterable<FileSystemHandle>;
}

export const fileHandles: KeptFiles = {
  read: (handles) => attempt(() => readAll(handles)),
  ask: async (handles) => (await attempt(() => askForAll(handles))) === true,
};

async function readAll(handles: FileHandles): Promise<ChosenFile[] | undefined> {
  for (const handle of handles) if (!(await isAllowed(handle))) return undefined;
  const files: ChosenFile[] = [];
  const pending = handles.map((handle) => ({ handle, folder: '' })).toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { handle, folder } = next;
    const path = `${folder}${handle.name}`;
    if (isFile(handle)) {
      const file = await attempt(() => handle.getFile());
      // One that cannot be read may be none of the share's.
      if (file !== undefined) files.push({ path, file });
    } else if (isFolder(handle)) {
      for await (const child of handle.values())
        pending.push({ handle: child, folder: `${path}/` });
    }
  }
  return files;
}

async function isAllowed(handle: AskableHandle): Promise<boolean> {
  return (await handle.queryPermission?.({ mode: 'read' })) === 'granted';
}

async function askForAll(handles: readonly AskableHandle[]): Promise<boolean> {
  // All at once, while the click still counts.
  const answers = handles.map(async (handle) => handle.requestPermission?.({ mode: 'read' }));
  return (await Promise.all(answers)).every((answer) => answer === 'granted');
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isFolder(handle: FileSystemHandle): handle is FolderHandle {
  return handle.kind === 'directory' && 'values' in handle;
}

/** Files that moved or cannot be read any more are asked for as if there were no way back. */
async function attempt<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
