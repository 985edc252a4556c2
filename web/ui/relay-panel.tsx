import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { AppActions } from '../app/app-state.ts';
import type { RelayState } from '../app/relay-choice.ts';
import { RELAY_TEXTS } from './words/relay-texts.ts';

interface RelayPanelProps {
  readonly relay: RelayState;
  readonly setRelayOnly: AppActions['setRelayOnly'];
}

/** Whether other peers may learn this browser's address. */
export function RelayPanel({ relay, setRelayOnly }: RelayPanelProps): JSX.Element {
  const hintId = useId();
  return (
    <div class="relay">
      <label class="check">
        <input
          type="checkbox"
          checked={relay.isOnly}
          disabled={!relay.isOffered && !relay.isOnly}
          aria-describedby={hintId}
          onChange={(event) => setRelayOnly(event.currentTarget.checked)}
        />
        {RELAY_TEXTS.only}
      </label>
      <p class="hint" id={hintId}>
        {tellRelay(relay)}
      </p>
    </div>
  );
}

function tellRelay({ isOffered, isOnly }: RelayState): string {
  if (isOffered) return RELAY_TEXTS.hint;
  return isOnly ? RELAY_TEXTS.missingNow : RELAY_TEXTS.missing;
}
