/** What a row of repeats comes to. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError where there is nothing to take the middle of */
export function computeMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values');
  return (lower + upper) / 2;
}

/**
 * The smallest value that at least this part of all values does not exceed.
 * @throws RangeError where there are no values
 */
export function computeQuantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).toSorted();
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no values');
  return value;
}

/** @throws RangeError where there are no values */
export function computeSpread(values: readonly number[]): Spread {
  return { median: computeMedian(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * The spread of every figure that all rows have, by name. A figure that some repeat lacks would be the middle of other
 * repeats than its neighbours, so it is left out.
 */
export function computeSpreads(
  rows: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, Spread>> {
  const spreads: Record<string, Spread> = {};
  for (const name of Object.keys(rows[0] ?? {})) {
    const values = rows.map((row) => row[name]).filter((value) => value !== undefined);
    if (values.length === rows.length) spreads[name] = computeSpread(values);
  }
  return spreads;
}
