import type { FileIdViolation } from '../../shared/share/file-id.ts';
import type { StoreErrorCode } from '../../shared/swarm/ports/piece-store.ts';
import type { PickErrorCode, SaveErrorCode } from './ports/saver.ts';

/** Everything that a person may be told went wrong. The words for each are the views' (web/ui/words). */
export const PROBLEMS = {
  nothingChosen: { code: 'nothing-chosen' },
  tooLarge: { code: 'too-large' },
  badNames: { code: 'bad-names' },
  wrongKey: { code: 'wrong-key' },
  ended: { code: 'ended' },
  badHeader: { code: 'bad-header' },
  badIndex: { code: 'bad-index' },
  notAllowed: { code: 'not-allowed' },
  otherFiles: { code: 'other-files' },
  trackerRefused: { code: 'tracker-refused' },
  /** On a card, which can be resumed. */
  pageIncomplete: { code: 'page-incomplete' },
  /** On the page, where there is nothing to resume. */
  partMissing: { code: 'part-missing' },
  littleRoom: { code: 'little-room' },
  noRoomForOthers: { code: 'no-room-for-others' },
  insecurePage: { code: 'insecure-page' },
  noWebRtc: { code: 'no-webrtc' },
  emptyLink: { code: 'empty-link' },
  wrongVersion: { code: 'wrong-version' },
  damagedLink: { code: 'damaged-link' },
  quotaExceeded: { code: 'quota-exceeded' },
  sourceChanged: { code: 'source-changed' },
  sourceUnreadable: { code: 'source-unreadable' },
  storeUnavailable: { code: 'store-unavailable' },
  saveAborted: { code: 'save-aborted' },
  saveTooLarge: { code: 'save-too-large' },
  saveReadFailed: { code: 'save-read-failed' },
  piecesGone: { code: 'pieces-gone' },
  filesAway: { code: 'files-away' },
  handedTooMuch: { code: 'handed-too-much' },
  saveWriteFailed: { code: 'save-write-failed' },
  placeRefused: { code: 'place-refused' },
} as const;

/** Names that the browser lets no page give to a file, in the order of the share. */
export interface NamesProblem {
  readonly code: 'names-refused';
  /** Saved all the same, as what they are called now. */
  readonly renamed: readonly string[];
  /** Not saved. */
  readonly leftOut: readonly string[];
}

/** What a code alone says. */
export type PlainProblem = (typeof PROBLEMS)[keyof typeof PROBLEMS];

/** What went wrong, and nothing of how it is said. */
export type Problem = PlainProblem | NamesProblem;

export function describeFileIdViolation(violation: FileIdViolation): Problem {
  switch (violation) {
    case 'empty':
      return PROBLEMS.emptyLink;
    case 'wrong-version':
      return PROBLEMS.wrongVersion;
    case 'wrong-length':
    case 'not-base64url':
      return PROBLEMS.damagedLink;
  }
}

export function describeStoreError(code: StoreErrorCode): Problem {
  switch (code) {
    case 'quota-exceeded':
      return PROBLEMS.quotaExceeded;
    case 'source-changed':
      return PROBLEMS.sourceChanged;
    case 'source-unreadable':
      return PROBLEMS.sourceUnreadable;
    case 'unavailable':
      return PROBLEMS.storeUnavailable;
  }
}

export function describeSaveError(code: SaveErrorCode): Problem {
  switch (code) {
    case 'aborted':
      return PROBLEMS.saveAborted;
    case 'too-large':
      return PROBLEMS.saveTooLarge;
    case 'read-failed':
      return PROBLEMS.saveReadFailed;
    case 'write-failed':
      return PROBLEMS.saveWriteFailed;
  }
}

/** Some of what is to be saved is not here. Who shares it is asked for the files, as nobody else need have them. */
export function describeMissing(role: 'sharer' | 'receiver'): Problem {
  return role === 'sharer' ? PROBLEMS.filesAway : PROBLEMS.piecesGone;
}

export function describePickError(code: PickErrorCode): Problem {
  switch (code) {
    case 'not-loaded':
      return PROBLEMS.partMissing;
    case 'refused':
      return PROBLEMS.placeRefused;
  }
}
