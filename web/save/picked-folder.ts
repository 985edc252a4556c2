import type { SaveFile, SaveJob, Saver } from '../app/ports/saver.ts';
import { SaveError } from '../app/ports/saver.ts';
import { numberName } from './number-name.ts';
import { openAbortableStream } from './abortable-stream.ts';
import { readFile, SaveProgress } from './prepare-download.ts';
import { writeFile } from './write-file.ts';

/** More of one name than anybody has; a folder where every name is taken is none to save into. */
const MAX_NUMBER = 1_000;
/** What Chromium's own downloads end with where a name is dangerous. */
const TAME_ENDING = '.download';

interface OpenFolder {
  readonly handle: FileSystemDirectoryHandle;
  /** Its path below the picked folder, with a slash at its end; empty for that folder itself. */
  readonly path: string;
}

/**
 * Writes every file below the folder that a person picked, with its folders. What is there already stays: a file of the
 * same name gets a number. Names were cleaned before (V1, V2), and the browser lets none lead out of the folder. A name
 * that it refuses gets a harmless ending; what it refuses even so is left out, and the rest is written.
 */
export class PickedFolder implements Saver {
  readonly #folder: OpenFolder;
  /** What has been written, by its path in the share: its name here. Saved here again, it is not written again. */
  readonly #written = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(handle: FileSystemDirectoryHandle) {
    this.#folder = { handle, path: '' };
  }

  async canSave(): Promise<boolean> {
    return true;
  }

  /** What was broken off just before has to be cleared away first. */
  save(job: SaveJob): Promise<void> {
    const saving = this.#last.then(() => this.#save(job));
    this.#last = saving.catch(() => undefined);
    return saving;
  }

  async #save(job: SaveJob): Promise<void> {
    const progress = new SaveProgress(job);
    const folders = new Map<string, OpenFolder | undefined>();
    for (const file of job.files) {
      if (job.signal.aborted) throw new SaveError('aborted');
      const folder = await this.#openFolders(file, folders, job);
      const wishedName = file.path.slice(file.path.lastIndexOf('/') + 1);
      const name = folder && (await this.#write(file, folder.handle, wishedName, job, progress));
      if (folder === undefined || name === undefined) job.onRefusedName(file.path, undefined);
      else if (name.endsWith(TAME_ENDING) && !wishedName.endsWith(TAME_ENDING)) {
        job.onRefusedName(file.path, folder.path + name);
      }
    }
  }

  /** The name that the file has now, or undefined where the browser refuses it. */
  async #write(
    file: SaveFile,
    folder: FileSystemDirectoryHandle,
    wishedName: string,
    { signal }: SaveJob,
    progress: SaveProgress,
  ): Promise<string | undefined> {
    const writtenName = this.#written.get(file.path);
    if (writtenName !== undefined) {
      progress.add(file.size);
      return writtenName;
    }
    const handle = await attempt(() => tame(wishedName, (name) => createFile(folder, name)));
    if (handle === undefined) return undefined;
    try {
      await writeFile(handle, openAbortableStream(readFile(file, progress), signal));
      this.#written.set(file.path, handle.name);
      return handle.name;
    } catch (error) {
      await folder.removeEntry(handle.name).catch(() => undefined);
      if (isBlocked(error)) return undefined;
      throw error;
    }
  }

  /** The folder that the file goes into, made where it is not there. Undefined where the browser refuses it. */
  async #openFolders(
    { path }: SaveFile,
    folders: Map<string, OpenFolder | undefined>,
    job: SaveJob,
  ): Promise<OpenFolder | undefined> {
    let folder: OpenFolder | undefined = this.#folder;
    for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      const key = path.slice(0, end);
      if (!folders.has(key)) folders.set(key, folder && (await openFolder(folder, key, job)));
      folder = folders.get(key);
    }
    return folder;
  }
}

async function openFolder(
  parent: OpenFolder,
  wishedPath: string,
  job: SaveJob,
): Promise<OpenFolder | undefined> {
  const wishedName = wishedPath.slice(wishedPath.lastIndexOf('/') + 1);
  const handle = await attempt(() => tame(wishedName, (name) => createFolder(parent.handle, name)));
  if (handle === undefined) return undefined;
  const path = parent.path + handle.name;
  if (handle.name.endsWith(TAME_ENDING) && !wishedName.endsWith(TAME_ENDING)) {
    job.onRefusedName(wishedPath, path);
  }
  return { handle, path: `${path}/` };
}

/** Under that name, or where the browser refuses it with the ending that is harmless; undefined where both fail. */
async function tame<Handle>(
  wishedName: string,
  create: (name: string) => Promise<Handle>,
): Promise<Handle | undefined> {
  for (const name of [wishedName, wishedName + TAME_ENDING]) {
    try {
      return await create(name);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}

/** Where a file has that name, the folder gets a number. */
async function createFolder(
  parent: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemDirectoryHandle> {
  for (let number = 1; ; number += 1) {
    try {
      return await parent.getDirectoryHandle(numberName(name, number), { create: true });
    } catch (error) {
      if (!isKind(error, 'TypeMismatchError') || number > MAX_NUMBER) throw error;
    }
  }
}

/** An empty file of that name, with a number where there is something of that name already. */
async function createFile(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemFileHandle> {
  for (let number = 1; number <= MAX_NUMBER; number += 1) {
    const candidate = numberName(name, number);
    try {
      await folder.getFileHandle(candidate);
    } catch (error) {
      if (isKind(error, 'NotFoundError')) {
        return folder.getFileHandle(candidate, { create: true });
      }
      // A folder of that name.
      if (!isKind(error, 'TypeMismatchError')) throw error;
    }
  }
  throw new SaveError('write-failed');
}

async function attempt<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof SaveError ? cause : new SaveError('write-failed', { cause });
  }
}

/** The browser has looked at what was written, as at a download, and does not let it stay. */
function isBlocked(error: unknown): boolean {
  return error instanceof SaveError && isKind(error.cause, 'AbortError');
}

function isKind(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
