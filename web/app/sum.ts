/** Of what each of them amounts to. */
export function sum<Item>(items: Iterable<Item>, amountOf: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += amountOf(item);
  return total;
}
