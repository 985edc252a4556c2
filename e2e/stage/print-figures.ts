/** One JSON object a line, for docs/security.md and whoever measures again. */
export function printFigures(figures: Readonly<Record<string, string | number>>): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
