import type { JSX } from 'preact';
import type { ShareCard } from '../app/app-state.ts';
import type { Sight } from '../app/sight.ts';
import { computePeerRows } from './peer-rows.ts';
import { DETAILS_TEXTS } from './words/details-texts.ts';

/** As many as the box shows without scrolling, or fewer. */
const ROWS_IN_VIEW = 6;

interface PeerListProps {
  readonly card: ShareCard;
  readonly sight: Sight;
}

/** Who is connected: how much each has, how fast it goes to and fro, and by which way. */
export function PeerList({ card, sight }: PeerListProps): JSX.Element {
  const texts = DETAILS_TEXTS;
  // What a sharer shows at first is less than it has.
  const hasTitle = card.role === 'sharer' ? texts.has : texts.offers;
  return (
    <div
      class="peers-box"
      // Whoever has no mouse scrolls what is focused.
      {...(sight.peers.length > ROWS_IN_VIEW
        ? { tabIndex: 0, role: 'group', 'aria-label': texts.peers }
        : {})}
    >
      <table class="peers">
        <caption class="details-title">{texts.peers}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.name}</th>
            <th scope="col">{hasTitle}</th>
            <th scope="col">{texts.receiving}</th>
            <th scope="col">{texts.sending}</th>
          </tr>
        </thead>
        <tbody>
          {computePeerRows(card, sight).map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <span class="peer-name">{row.name}</span>
                {row.route !== '' && <span class="peer-route">{row.route}</span>}
              </th>
              <td>
                <span class="peer-has">{row.has}</span>
                <span class="peer-bar" aria-hidden="true">
                  <span style={{ inlineSize: `${row.percent}%` }} />
                </span>
              </td>
              <td>{row.down}</td>
              <td>{row.up}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
