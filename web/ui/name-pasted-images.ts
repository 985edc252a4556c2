import type { Gathered } from './gather-files.ts';
import { TEXTS } from './texts.ts';

/** What browsers call every picture that was copied from somewhere and is no file. */
const NAMELESS = /^image\.(\w+)$/i;

/** Gives pasted pictures a name that says what they are; what was copied as a file keeps its own. */
export function namePastedImages(gathered: Gathered): Gathered {
  // Where there is a way back to it, it is a file.
  if (gathered.handles !== undefined) return gathered;
  const files = gathered.files.map((chosen) => {
    const { file } = chosen;
    const extension = NAMELESS.exec(chosen.path)?.[1];
    if (extension === undefined || !file.type.startsWith('image/')) return chosen;
    const day = formatDay(new Date(file.lastModified));
    const name = `${TEXTS.pastedImage({ day })}.${extension}`;
    const { type, lastModified } = file;
    return { path: name, file: new File([file], name, { type, lastModified }) };
  });
  return { ...gathered, files };
}

/** Where the person is: "2026-11-23". */
function formatDay(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
