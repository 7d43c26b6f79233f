import type { AccessReport } from '../access-report';
import { type AccessRow, throughOf } from '../access-rows';
import { html, type Markup } from './markup';

/** The rows as a table. It has a column for the source if there are several. */
export function accessTable({ rows, sources }: AccessReport): Markup {
  const several = sources.length > 1;
  const heads = ['Who', ...(several ? ['From'] : []), 'Through', 'Policies', 'May'];
  return html`<table>
    <caption id="caption">
      Who may do what
    </caption>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map((row, index) => line(row, index, several))}
    </tbody>
  </table>`;
}

function line(
  { source, grant, paths, notShown, notJudged, ofOthers, conditions }: AccessRow,
  index: number,
  several: boolean,
) {
  const members = grant.group?.members ?? [];
  return html`<tr id="row-${index + 1}" tabindex="-1">
    <th scope="row">
      ${grant.principal.label} ${members.length === 0 ? [] : [html`<p>Now: ${members.join(', ')}</p>`]}
      ${conditions.map((condition) => html`<p class="note">Only if ${condition}</p>`)}
    </th>
    ${several ? [html`<td>${source}</td>`] : []}
    <td>${throughOf(grant)}</td>
    <td>${list(grant.policies.map((policy) => html`<code>${policy}</code>`))}</td>
    <td>
      ${list([
        ...paths.map(({ path, capabilities }) => html`<code>${path}</code>: ${capabilities.join(', ')}`),
        ...notShown.map(
          ({ policy, why }) =>
            html`<span class="note">What <code>${policy}</code> gives is not known: ${why}</span>`,
        ),
        ...notJudged.map(
          ({ policy, what }) => html`<span class="note"><code>${policy}</code>: ${what}</span>`,
        ),
        ...ofOthers.map(
          (other) =>
            html`<span class="note"
              ><code>${other.policy}</code> is taken from ${other.source}, if both use the same Vault</span
            >`,
        ),
      ])}
    </td>
  </tr>`;
}

function list(items: readonly Markup[]): Markup {
  return items.length === 0
    ? html`nothing`
    : html`<ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
}
