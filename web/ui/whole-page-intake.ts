import type { FileTransfer, Gathered } from './gather-files.ts';
import { gatherFromText, gatherFromTransfer } from './gather-files.ts';
import { looksLikeLink } from './link-shape.ts';
import { namePastedImages } from './name-pasted-images.ts';

export interface Intake {
  /** Files over the page, or no longer. */
  onDragging: (isDragging: boolean) => void;
  /** `cardKey` is that of the card they were dropped on, if on any. */
  onFiles: (gathered: Gathered, cardKey: string | undefined) => void;
  /** A file ID or link was pasted, which asks to be opened rather than shared. */
  onLink: (text: string) => void;
}

/** Takes drops and pastes anywhere on the page. Returns what stops it. */
export function listenToWholePage(page: Window, intake: Intake): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;

  const takeTransfer = async (transfer: FileTransfer, cardKey?: string): Promise<void> => {
    intake.onFiles(await gatherFromTransfer(transfer), cardKey);
  };

  const takePaste = async (transfer: FileTransfer): Promise<void> => {
    intake.onFiles(namePastedImages(await gatherFromTransfer(transfer)), undefined);
  };

  const onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer === null || !carriesFiles(event.dataTransfer)) return;
    // Without this the browser would leave the page to show the file.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    intake.onDragging(true);
  };

  const onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) intake.onDragging(false);
  };

  const onDrop = (event: DragEvent): void => {
    intake.onDragging(false);
    if (event.dataTransfer === null || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    void takeTransfer(event.dataTransfer, findCardKey(event.target));
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
    if (looksLikeLink(text)) intake.onLink(text.trim());
    else
      intake.onFiles(
        { files: gatherFromText(text), unreadableCount: 0, handles: undefined },
        undefined,
      );
  };

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
