import type { Problem } from './app-state.ts';
import type { Browser } from './ports/browser.ts';
import type { Saver } from './ports/saver.ts';
import { describeSaveError, PROBLEMS } from './problems.ts';

/** What would end a download of so many bytes half-way or after it, so that it is told before; undefined if nothing is known. */
export async function findShortage(
  byteLength: number,
  saver: Pick<Saver, 'canSave'>,
  browser: Pick<Browser, 'measureRoom'>,
): Promise<Problem | undefined> {
  if (!(await saver.canSave(byteLength))) return describeSaveError('too-large');
  const room = await browser.measureRoom();
  return room !== undefined && room < byteLength ? PROBLEMS.littleRoom : undefined;
}
