import { expect, test, vi } from 'vitest';
import type { Choice } from './ports/choices.ts';
import { RelayChoice } from './relay-choice.ts';

function open(hearers: Set<(isOnly: boolean) => void>) {
  const on = new Set<Choice>();
  const dropConnections = vi.fn<() => void>();
  const onChange = vi.fn<() => void>();
  const choice = new RelayChoice({
    choices: {
      has: (name) => on.has(name),
      set: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)),
    },
    openChannel(_name, hear: (message: never) => void) {
      const own = (isOnly: boolean): void => Reflect.apply(hear, undefined, [isOnly]);
      hearers.add(own);
      return {
        post: (message) => {
          for (const other of hearers) if (other !== own) other(Boolean(message));
        },
        close: () => {},
      };
    },
    dropConnections,
    onChange,
  });
  return { choice, dropConnections, onChange };
}

test('S12: what one tab chooses holds in all, and what was connected before is connected anew', () => {
  const hearers = new Set<(isOnly: boolean) => void>();
  const [first, second] = [open(hearers), open(hearers)];
  for (const isOnly of [true, false]) {
    first.choice.turn(isOnly);
    expect([first.choice.isOnly, second.choice.isOnly]).toEqual([isOnly, isOnly]);
  }
  for (const { dropConnections, onChange } of [first, second]) {
    expect(dropConnections).toHaveBeenCalledTimes(2);
    expect(onChange).toHaveBeenCalledTimes(2);
  }
});
