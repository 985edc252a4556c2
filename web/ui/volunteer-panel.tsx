import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { AppActions, VolunteerState } from '../app/app-state.ts';
import { Icon } from './icons.tsx';
import { lazyView } from './lazy-view.tsx';
import type { Choice } from './volunteer-texts.ts';
import {
  computeVolunteerFigures,
  computeVolunteerHint,
  listBudgets,
  listUploadLimits,
} from './volunteer-texts.ts';
import { VOLUNTEER_TEXTS } from './words/volunteer-texts.ts';

const VolunteerProblem = lazyView(
  async () => (await import('./volunteer-problem.tsx')).VolunteerProblem,
);

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
  const problem = settings.isOn ? state.problem : undefined;
  return (
    <section class="volunteer" aria-label={VOLUNTEER_TEXTS.title} data-on={settings.isOn}>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={settings.isOn}
        aria-describedby={hintId}
        onClick={() => actions.volunteer({ ...settings, isOn: !settings.isOn })}
      >
        <Icon name="shield" />
        <span>{VOLUNTEER_TEXTS.title}</span>
        <span class="switch-track" aria-hidden="true" />
      </button>
      <p class="hint" id={hintId}>
        {problem === undefined ? (
          computeVolunteerHint(state)
        ) : (
          <VolunteerProblem problem={problem} />
        )}
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
          <ChoiceField
            label={VOLUNTEER_TEXTS.space}
            choices={listBudgets()}
            value={settings.budgetBytes}
            onChoice={(budgetBytes) => actions.volunteer({ ...settings, budgetBytes })}
          />
          <ChoiceField
            label={VOLUNTEER_TEXTS.upload}
            choices={listUploadLimits()}
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
            announce(VOLUNTEER_TEXTS.forgotten);
            actions.forgetVolunteered();
          }}
        >
          {VOLUNTEER_TEXTS.forget}
        </button>
      )}
    </section>
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: number;
  readonly onChoice: (value: number) => void;
}

function ChoiceField({ label, choices, value, onChoice }: ChoiceFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChoice(Number(event.currentTarget.value))}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
