/** What a person has turned on. */
export type Choice = 'details' | 'done-notices' | 'relay-only';

/** What this browser remembers of how a person likes the page. Where it remembers nothing, everything is off. */
export interface Choices {
  has: (choice: Choice) => boolean;
  set: (choice: Choice, isOn: boolean) => void;
}
