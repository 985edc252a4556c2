import type { FollowReading } from '../app/app-state.ts';
import type { FileTransfer, Gathered } from './gather-files.ts';
import { gatherFromText, gatherFromTransfer } from './gather-files.ts';
import { asksToBeOpened } from '../app/is-share-link.ts';
import { namePastedImages } from './name-pasted-images.ts';
import { readDroppedText } from './read-dropped-text.ts';

export interface Intake {
  /** Something that the page takes is over it, or no longer. */
  onDragging: (isDragging: boolean) => void;
  /** `cardKey` is that of the card they were dropped on, if on any. */
  onFiles: (gathered: Gathered, cardKey: string | undefined) => void;
  /** A file ID or link was pasted or dropped, maybe a damaged one, which asks to be opened rather than shared. */
  onLink: (text: string) => void;
  /** What takes its time to be read. */
  readonly follow: FollowReading;
}

/** Takes drops and pastes anywhere on the page. Returns what stops it. */
export function listenToWholePage(page: Window, intake: Intake): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;

  const takeTransfer = async (transfer: FileTransfer, cardKey?: string): Promise<void> => {
    intake.onFiles(await intake.follow(gatherFromTransfer(transfer)), cardKey);
  };

  const takePaste = async (transfer: FileTransfer): Promise<void> => {
    const gathered = await intake.follow(gatherFromTransfer(transfer));
    intake.onFiles(namePastedImages(gathered), undefined);
  };

  const takeText = (text: string): void => {
    if (text.trim() === '') return;
    if (asksToBeOpened(text, page.location.origin)) intake.onLink(text.trim());
    else
      intake.onFiles(
        { files: gatherFromText(text), unreadableCount: 0, handles: undefined },
        undefined,
      );
  };

  let dragged: EventTarget | null = null;
  // What is dragged from the page itself, a link or a marked sentence, is let go of again more often than meant. A part
  // that has gone from the page since then does not tell when it is let go of.
  const isOwnDrag = (): boolean => dragged instanceof Node && dragged.isConnected;

  const onDragOver = (event: DragEvent): void => {
    if (isFieldsOwn(event)) {
      intake.onDragging(false);
      return;
    }
    // Without this the browser would leave the page to show what is dropped.
    event.preventDefault();
    if (event.dataTransfer === null) return;
    const isTaken =
      !isOwnDrag() && (carriesFiles(event.dataTransfer) || carriesText(event.dataTransfer));
    event.dataTransfer.dropEffect = isTaken ? pickEffect(event.dataTransfer) : 'none';
    if (isTaken) intake.onDragging(true);
  };

  const onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) intake.onDragging(false);
  };

  const onDrop = (event: DragEvent): void => {
    intake.onDragging(false);
    if (isFieldsOwn(event)) return;
    event.preventDefault();
    if (event.dataTransfer === null || isOwnDrag()) return;
    if (carriesFiles(event.dataTransfer)) {
      void takeTransfer(event.dataTransfer, findCardKey(event.target));
    } else {
      takeText(readDroppedText(event.dataTransfer));
    }
  };

  const onPaste = (event: ClipboardEvent): void => {
    const transfer = event.clipboardData;
    if (transfer === null || isTextField(event.target)) return;
    if (carriesFiles(transfer)) {
      event.preventDefault();
      void takePaste(transfer);
      return;
    }
    const text = transfer.getData('text/plain');
    if (text.trim() === '') return;
    event.preventDefault();
    takeText(text);
  };

  page.addEventListener('dragstart', ({ target }) => (dragged = target), { signal });
  page.addEventListener('dragend', () => (dragged = null), { signal });
  page.addEventListener('dragenter', onDragOver, { signal });
  page.addEventListener('dragover', onDragOver, { signal });
  page.addEventListener('dragleave', onDragLeave, { signal });
  page.addEventListener('drop', onDrop, { signal });
  page.addEventListener('paste', onPaste, { signal });
  return () => stopping.abort();
}

function carriesFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files');
}

function carriesText(transfer: DataTransfer): boolean {
  return transfer.types.includes('text/plain') || transfer.types.includes('text/uri-list');
}

/** Some programs hand out links as links and nothing else. */
function pickEffect({ effectAllowed }: DataTransfer): 'copy' | 'link' {
  return effectAllowed === 'link' || effectAllowed === 'linkMove' ? 'link' : 'copy';
}

/** A text over a field to write in: the browser puts it there. */
function isFieldsOwn({ dataTransfer, target }: DragEvent): boolean {
  return isTextField(target) && dataTransfer !== null && !carriesFiles(dataTransfer);
}

function findCardKey(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>('[data-key]')?.dataset['key'];
}

function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'file';
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
