import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { formatRoundBytes, writeUnit } from './format.ts';
import { RATE_STEPS, RATE_UNITS, readRate, splitRate } from './rate-steps.ts';
import { RATES_TEXTS } from './words/rates-texts.ts';

const NO_LIMIT = 'none';
const OTHER = 'other';
/** What another number begins with. */
const FIRST_OTHER = 1_000_000;

interface RateChoiceProps {
  readonly label: string;
  readonly describedBy: string;
  /** Bytes a second; undefined for no limit. */
  readonly value: number | undefined;
  readonly onChoice: (value: number | undefined) => void;
}

/** No limit, one of a few, or a number of one's own. */
export function RateChoice({ label, describedBy, value, onChoice }: RateChoiceProps): JSX.Element {
  const id = useId();
  const [isTyping, setTyping] = useState(false);
  const isOther = isTyping || (value !== undefined && !RATE_STEPS.includes(value));
  const choose = (choice: string): void => {
    setTyping(choice === OTHER);
    if (choice === NO_LIMIT) onChoice(undefined);
    else onChoice(choice === OTHER ? (value ?? FIRST_OTHER) : Number(choice));
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        aria-describedby={describedBy}
        value={isOther ? OTHER : (value ?? NO_LIMIT)}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value={NO_LIMIT}>{RATES_TEXTS.noLimit}</option>
        {RATE_STEPS.map((step) => (
          <option key={step} value={step}>
            {formatRoundBytes(step, '-per-second')}
          </option>
        ))}
        <option value={OTHER}>{RATES_TEXTS.other}</option>
      </select>
      {isOther && <OtherRate label={label} value={value ?? FIRST_OTHER} onChoice={onChoice} />}
    </div>
  );
}

interface OtherRateProps {
  readonly label: string;
  readonly value: number;
  readonly onChoice: (value: number) => void;
}

function OtherRate({ label, value, onChoice }: OtherRateProps): JSX.Element {
  const { amount, unitBytes } = splitRate(value);
  const choose = (typed: string, unit: number): boolean => {
    const rate = readRate(typed, unit);
    if (rate !== undefined) onChoice(rate);
    return rate !== undefined;
  };
  return (
    <>
      <input
        type="number"
        class="rate-number"
        aria-label={`${label}: ${RATES_TEXTS.amount}`}
        min="0"
        step="any"
        value={amount}
        onChange={({ currentTarget: input }) => {
          // What is no rate leaves the one that holds.
          if (!choose(input.value, unitBytes)) input.value = amount;
        }}
      />
      <select
        aria-label={`${label}: ${RATES_TEXTS.unit}`}
        value={unitBytes}
        onChange={(event) => choose(amount, Number(event.currentTarget.value))}
      >
        {RATE_UNITS.map((unit) => (
          <option key={unit} value={unit}>
            {nameUnit(unit)}
          </option>
        ))}
      </select>
    </>
  );
}

/** "kB/s", as the language writes it behind a number. */
function nameUnit(unitBytes: number): string {
  const unit = unitBytes === 1_000 ? 'kilobyte-per-second' : 'megabyte-per-second';
  return writeUnit(1, unit).replace(/\d/u, '').trim();
}
