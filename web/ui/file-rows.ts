import type { CardFile } from '../app/app-state.ts';

/** One line of the file list: a file, or the folder that those below it lie in. */
export type FileRow =
  | { readonly kind: 'file'; readonly file: number; readonly name: string }
  | {
      readonly kind: 'folder';
      readonly path: string;
      /** By their places in the share. */
      readonly files: readonly number[];
      readonly bytes: number;
    };

/** Every file on a line, those of one folder together below its name; without folders where there is only one. */
export function computeFileRows(files: readonly CardFile[]): readonly FileRow[] {
  const folders = new Map<string, number[]>();
  for (const [file, { path }] of files.entries()) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const members = folders.get(folder);
    if (members === undefined) folders.set(folder, [file]);
    else members.push(file);
  }
  if (folders.size < 2) {
    return files.map(({ path }, file) => ({ kind: 'file', file, name: path }));
  }
  const rows: FileRow[] = [];
  for (const [path, members] of folders) {
    // What lies in no folder needs no heading.
    const isTop = path === '';
    if (!isTop) {
      rows.push({ kind: 'folder', path, files: members, bytes: sumBytes(files, members) });
    }
    for (const file of members) {
      const full = files[file]?.path ?? '';
      rows.push({ kind: 'file', file, name: isTop ? full : full.slice(path.length + 1) });
    }
  }
  return rows;
}

/** Tells a line from the others of its list: names of files may be alike. */
export function keyOfRow(row: FileRow): string {
  return row.kind === 'folder' ? `${row.path}/` : String(row.file);
}

/** What these have together. */
export function sumBytes(files: readonly CardFile[], chosen: Iterable<number>): number {
  let bytes = 0;
  for (const file of chosen) bytes += files[file]?.size ?? 0;
  return bytes;
}
