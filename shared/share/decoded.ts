/** What every decoder returns: a value, or the name of the rule that the input broke. Decoders never throw. */
export type Decoded<Value, Violation extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly violation: Violation };

export function decoded<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refused<Violation extends string>(
  violation: Violation,
): { readonly ok: false; readonly violation: Violation } {
  return { ok: false, violation };
}
