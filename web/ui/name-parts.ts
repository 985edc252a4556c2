export interface NameParts {
  readonly stem: string;
  /** Without the dot, as written; empty when the name has none. */
  readonly extension: string;
}

const LONGEST_EXTENSION = 12;

/** Apart, so that no trick inside a name can pass one extension off as another. */
export function splitName(name: string): NameParts {
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1);
  const isExtension =
    dot > 0 &&
    extension.length > 0 &&
    extension.length <= LONGEST_EXTENSION &&
    !/\s/.test(extension);
  return isExtension ? { stem: name.slice(0, dot), extension } : { stem: name, extension: '' };
}

const LONGEST_SHOWN = 90;
const SHOWN_TAIL = 20;

/** A long name without its middle: the start says what it is, the end which part or version. */
export function shortenMiddle(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONGEST_SHOWN) return name;
  const head = characters.slice(0, LONGEST_SHOWN - SHOWN_TAIL - 1).join('');
  return `${head}…${characters.slice(-SHOWN_TAIL).join('')}`;
}

const RUNNABLE_EXTENSIONS = new Set(
  (
    'apk app appimage bat chm cmd com cpl deb dmg exe hta htm html img iso jar js jse lnk mjs msc msi msix ' +
    'pif pkg ps1 py reg rpm run scr sh svg url vbe vbs vhd vhdx ws wsf xhtml xll'
  ).split(' '),
);

/** Whether opening such a file can start a program or script. */
export function isRunnable(name: string): boolean {
  return RUNNABLE_EXTENSIONS.has(splitName(name).extension.toLowerCase());
}
