import * as v from 'valibot';

const curveSchema = v.object({
  arm: v.string(),
  curve: v.array(v.tuple([v.number(), v.number()])),
});
const rowSchema = v.objectWithRest({ repeat: v.number() }, v.number());
const summarySchema = v.object({ bench: v.string(), megabytes: v.optional(v.number()) });

export type CurveLine = v.InferOutput<typeof curveSchema>;

/** What a benchmark printed, several runs of it one after the other at will. */
export interface BenchLines {
  readonly bench: string;
  readonly megabytes: number;
  readonly rows: readonly Readonly<Record<string, number>>[];
  readonly curves: readonly CurveLine[];
}

/** Undefined where no summary line is among them. Lines of other kinds are passed over. */
export function readBenchLines(content: string): BenchLines | undefined {
  const lines = content
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): unknown => JSON.parse(line));
  const summary = lines.map((line) => v.safeParse(summarySchema, line)).findLast((r) => r.success);
  if (summary === undefined) return undefined;
  return {
    bench: summary.output.bench,
    megabytes: summary.output.megabytes ?? 0,
    rows: lines.filter((line) => v.is(rowSchema, line)),
    curves: lines.filter((line) => v.is(curveSchema, line)),
  };
}
