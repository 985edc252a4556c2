import type { JSX } from 'preact';
import type { Problem } from '../app/app-state.ts';
import { tellProblem } from './words/problem-texts.ts';

/** Why nothing more is taken in. */
export function VolunteerProblem({ problem }: { readonly problem: Problem }): JSX.Element {
  return <>{tellProblem(problem)}</>;
}
