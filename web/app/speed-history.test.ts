import { expect, test } from 'vitest';
import { MAX_SAMPLES, SpeedHistory } from './speed-history.ts';

test('each second has the bytes that went through in it', () => {
  const history = new SpeedHistory();
  history.record({ receivedBytes: 0, sentBytes: 0 }, 10_000);
  history.record({ receivedBytes: 300, sentBytes: 0 }, 10_500);
  history.record({ receivedBytes: 700, sentBytes: 10 }, 11_000);
  history.record({ receivedBytes: 900, sentBytes: 10 }, 12_000);
  const { down, up } = history.speeds();
  expect([...down]).toEqual([700, 200]);
  expect([...up]).toEqual([10, 0]);
});

test('what came in a time that nobody recorded is spread over it', () => {
  const history = new SpeedHistory();
  history.record({ receivedBytes: 0, sentBytes: 0 }, 0);
  history.record({ receivedBytes: 800, sentBytes: 0 }, 4_000);
  expect([...history.speeds().down]).toEqual([200, 200, 200, 200]);
});

test('five minutes are remembered, also after a night in which the tab stood still', () => {
  const history = new SpeedHistory();
  history.record({ receivedBytes: 0, sentBytes: 0 }, 0);
  history.record({ receivedBytes: 1_000, sentBytes: 0 }, 1_000);
  history.record({ receivedBytes: 1_000, sentBytes: 0 }, 36_000_000);
  const { down } = history.speeds();
  expect(down).toHaveLength(MAX_SAMPLES);
  expect(new Set(down)).toEqual(new Set([0]));
});

test('an engine that begins anew counts from nothing again', () => {
  const history = new SpeedHistory();
  history.record({ receivedBytes: 500, sentBytes: 0 }, 0);
  history.record({ receivedBytes: 900, sentBytes: 0 }, 1_000);
  history.record({ receivedBytes: 100, sentBytes: 0 }, 2_000);
  expect([...history.speeds().down]).toEqual([900, 100]);
});

test('the average is that of the seconds in which something moved', () => {
  const history = new SpeedHistory();
  expect(history.speeds()).toMatchObject({ averageDown: 0, averageUp: 0 });
  for (const [second, receivedBytes] of [0, 100, 100, 100, 500].entries()) {
    history.record({ receivedBytes, sentBytes: 0 }, second * 1_000);
  }
  expect(history.speeds()).toMatchObject({ averageDown: 250, averageUp: 0 });
});
