import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { AppActions, AppState } from '../app/app-state.ts';
import { RateChoice } from './rate-choice.tsx';
import { RATES_TEXTS } from './words/rates-texts.ts';

interface RatesPanelProps {
  readonly rates: AppState['rates'];
  readonly setRates: AppActions['setRates'];
}

/** How fast this tab may receive and send, all shares together. */
export function RatesPanel({ rates, setRates }: RatesPanelProps): JSX.Element {
  const hintId = useId();
  return (
    <div class="rates">
      <RateChoice
        label={RATES_TEXTS.receive}
        describedBy={hintId}
        value={rates.receiveBytesPerSecond}
        onChoice={(receiveBytesPerSecond) => setRates({ ...rates, receiveBytesPerSecond })}
      />
      <RateChoice
        label={RATES_TEXTS.send}
        describedBy={hintId}
        value={rates.sendBytesPerSecond}
        onChoice={(sendBytesPerSecond) => setRates({ ...rates, sendBytesPerSecond })}
      />
      <p class="hint" id={hintId}>
        {RATES_TEXTS.hint}
      </p>
    </div>
  );
}
