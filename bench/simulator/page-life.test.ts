import { describe, expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';
import { PageLife } from './page-life.ts';

function openPage() {
  const queue = new EventQueue();
  const life = new PageLife(queue);
  const happened: string[] = [];
  life.begin();
  return { queue, life, happened, record: (name: string) => () => happened.push(name) };
}

describe('page life', () => {
  test('what was begun happens, while the page is open', () => {
    const { queue, life, happened, record } = openPage();
    life.later(10, record('later'));
    queue.runUntil(20);
    expect(happened).toEqual(['later']);
  });

  test('what was begun before a reload is void after it', () => {
    const { queue, life, happened, record } = openPage();
    life.later(10, record('later'));
    life.wakeAt(10, record('wake'));
    const guarded = life.guard(record('guarded'));
    life.end();
    guarded();
    life.begin();
    guarded();
    queue.runUntil(20);
    expect(happened).toEqual([]);
    expect(life.number).toBe(2);
  });

  test('a new time to wake replaces the one before', () => {
    const { queue, life, happened, record } = openPage();
    life.wakeAt(10, record('first'));
    life.wakeAt(5, record('second'));
    queue.runUntil(20);
    expect(happened).toEqual(['second']);
  });
});
