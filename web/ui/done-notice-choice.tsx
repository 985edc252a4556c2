import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DoneNoticesChoice } from '../app/app-state.ts';
import { NOTICE_TEXTS } from './words/notice-texts.ts';

interface DoneNoticeChoiceProps {
  readonly choice: DoneNoticesChoice;
  readonly onChoice: (areOn: boolean) => void;
}

/** Offers to tell a person who looks elsewhere. Where the browser refuses, only whoever tried hears of it. */
export function DoneNoticeChoice({ choice, onChoice }: DoneNoticeChoiceProps): JSX.Element | null {
  const [isTried, setTried] = useState(false);
  // What was just pressed, until the state follows.
  const [wish, setWish] = useState<boolean>();
  useEffect(() => setWish(undefined), [choice]);
  if (choice === 'refused') {
    return isTried ? <p class="hint">{NOTICE_TEXTS.refused}</p> : null;
  }
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={wish ?? choice === 'on'}
        onChange={(event) => {
          const areOn = event.currentTarget.checked;
          setTried(true);
          setWish(areOn);
          onChoice(areOn);
        }}
      />
      {NOTICE_TEXTS.offer}
    </label>
  );
}
