import type { FileHandles } from '../app/app-state.ts';
import type { KeptFiles } from '../app/ports/kept-files.ts';
import { gatherFromHandles } from '../app/gather-from-handles.ts';

/** What Chromium has beyond the common part of a handle. */
interface AskableHandle extends FileSystemHandle {
  queryPermission?: (descriptor: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (descriptor: { mode: 'read' }) => Promise<PermissionState>;
}

export const fileHandles: KeptFiles = {
  async read(handles) {
    if ((await attempt(() => areAllowed(handles))) !== true) return undefined;
    // One that cannot be read may be none of the share's.
    return (await gatherFromHandles(handles)).files;
  },
  ask: async (handles) => (await attempt(() => askForAll(handles))) === true,
};

async function areAllowed(handles: FileHandles): Promise<boolean> {
  for (const handle of handles) if (!(await isAllowed(handle))) return false;
  return true;
}

async function isAllowed(handle: AskableHandle): Promise<boolean> {
  return (await handle.queryPermission?.({ mode: 'read' })) === 'granted';
}

async function askForAll(handles: readonly AskableHandle[]): Promise<boolean> {
  // All at once, while the click still counts.
  const answers = handles.map(async (handle) => handle.requestPermission?.({ mode: 'read' }));
  return (await Promise.all(answers)).every((answer) => answer === 'granted');
}

/** Files that moved are asked for as if there were no way back. */
async function attempt<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
