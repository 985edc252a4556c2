import type { ChosenFile, FileHandles, Problem } from './app-state.ts';
import type { Arrivals } from './ports/arrivals.ts';
import { gatherFromHandles } from './gather-from-handles.ts';
import { asksToBeOpened } from './is-share-link.ts';
import { PROBLEMS } from './problems.ts';

export interface Receiver {
  /** Of this page. */
  readonly origin: string;
  readonly share: (files: readonly ChosenFile[], handles?: FileHandles) => void;
  /** Asks first. */
  readonly offer: (files: readonly ChosenFile[]) => void;
  /** A link, which any page may lead to: nothing is asked before. */
  readonly open: (link: string) => void;
  readonly tell: (problem: Problem) => void;
  /** A text as the file that it is shared as. */
  readonly writeText: (text: string) => readonly ChosenFile[];
}

/**
 * Shares what the system hands to the page. In a window of the browser that may as well be another page's doing, and
 * a person is asked first.
 */
export async function takeArrivals(arrivals: Arrivals, receiver: Receiver): Promise<void> {
  const shareOpened = async (handles: FileHandles): Promise<void> => {
    const { files } = await gatherFromHandles(handles);
    if (files.length > 0) receiver.share(files, handles);
  };
  arrivals.onOpened((handles) => void shareOpened(handles));
  const handed = await arrivals.takeHandedOver();
  if (handed === undefined) return;
  if (handed.kind === 'too-large') {
    receiver.tell(PROBLEMS.handedTooMuch);
    return;
  }
  if (handed.files.length === 0 && asksToBeOpened(handed.text, receiver.origin)) {
    receiver.open(handed.text);
    return;
  }
  const named = handed.files.map((file) => ({ path: file.name, file }));
  const files = [...named, ...receiver.writeText(handed.text)];
  if (files.length === 0) return;
  if (arrivals.isInstalled()) receiver.share(files);
  else receiver.offer(files);
}
