import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { AppActions, VolunteerState } from '../app/app-state.ts';
import { Icon } from './icons.tsx';
import { TEXTS } from './texts.ts';
import {
  BUDGET_CHOICES,
  computeVolunteerFigures,
  computeVolunteerHint,
  UPLOAD_CHOICES,
} from './volunteer-texts.ts';

interface VolunteerPanelProps {
  readonly state: VolunteerState;
  readonly actions: AppActions;
  readonly announce: (sentence: string) => void;
}

/** One switch, what it costs, and what is kept now. */
export function VolunteerPanel({ state, actions, announce }: VolunteerPanelProps): JSX.Element {
  const hintId = useId();
  const { settings } = state;
  const figures = computeVolunteerFigures(state);
  return (
    <section class="volunteer" aria-label={TEXTS.volunteer.title} data-on={settings.isOn}>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={settings.isOn}
        aria-describedby={hintId}
        onClick={() => actions.volunteer({ ...settings, isOn: !settings.isOn })}
      >
        <Icon name="shield" />
        <span>{TEXTS.volunteer.title}</span>
        <span class="switch-track" aria-hidden="true" />
      </button>
      <p class="hint" id={hintId}>
        {computeVolunteerHint(state)}
      </p>
      {figures.length > 0 && (
        <ul class="figures">
          {figures.map((figure) => (
            <li key={figure}>{figure}</li>
          ))}
        </ul>
      )}
      {settings.isOn && (
        <div class="volunteer-fields">
          <Choice
            label={TEXTS.volunteer.space}
            choices={BUDGET_CHOICES}
            value={settings.budgetBytes}
            onChoice={(budgetBytes) => actions.volunteer({ ...settings, budgetBytes })}
          />
          <Choice
            label={TEXTS.volunteer.upload}
            choices={UPLOAD_CHOICES}
            value={settings.uploadBytesPerSecond ?? 0}
            onChoice={(bytes) =>
              actions.volunteer({ ...settings, uploadBytesPerSecond: bytes || undefined })
            }
          />
        </div>
      )}
      {state.pieceCount > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => {
            announce(TEXTS.volunteer.forgotten);
            actions.forgetVolunteered();
          }}
        >
          {TEXTS.volunteer.forget}
        </button>
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly choices: ReadonlyMap<number, string>;
  readonly value: number;
  readonly onChoice: (value: number) => void;
}

function Choice({ label, choices, value, onChoice }: ChoiceProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChoice(Number(event.currentTarget.value))}
      >
        {[...choices].map(([bytes, words]) => (
          <option key={bytes} value={bytes}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
