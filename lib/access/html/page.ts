import { createHash } from 'node:crypto';
import { type AccessReport, titleOfAccess } from '../access-report';
import { NOTES } from '../render-access';
import { graphOf } from './graph';
import { html, Markup } from './markup';
import { picture } from './picture';
import { SCRIPT } from './script';
import { STYLE } from './style';
import { linesOf, titleOfIdentity } from '../vault-identity';
import { accessTable } from './table';

/** The report as one page. It loads nothing else, and runs only its own script. */
export function accessPage(report: AccessReport): string {
  const title = titleOfAccess(report);
  const graph = graphOf(report);
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${new Markup(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#table">Skip to the table</a>
        <header>
          <h1>${title}</h1>
        </header>
        <main>
          ${NOTES.map((note) => html`<p>${note}</p>`)}
          ${report.rows.length === 0 ? nobody() : content(report, graph)}
        </main>
        ${new Markup(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `;
  return text;
}

function nobody(): Markup {
  return html`<p>Nobody is found.</p>`;
}

function content(report: AccessReport, graph: ReturnType<typeof graphOf>): Markup {
  return html`<div class="search" role="search" hidden>
      <label for="search">Search: rows with all of these words</label>
      <input id="search" type="search" autocomplete="off" spellcheck="false" aria-describedby="count" />
      <p id="count" role="status"></p>
    </div>
    <section>
      <h2 id="picture-title">Picture</h2>
      <p>
        Who is let in through what, and which policy gives what on which path. The picture shows each policy
        alone, the table shows what the policies of a row allow together. A dashed box is a path that the
        policy
        forbids.${graph.leftOut > 0 ? ` The last ${graph.leftOut} rows of the table are not in it.` : ''}
      </p>
      <div class="scroll" id="picture" role="region" aria-labelledby="picture-title" tabindex="0">
        ${picture(graph)}
      </div>
    </section>
    <section>
      <h2 id="table-title">Table</h2>
      <div class="scroll" id="table" role="region" aria-labelledby="table-title" tabindex="0">
        ${accessTable(report)}
      </div>
    </section>
    ${report.identities.map(
      (identity) =>
        html`<section>
          <h2>${titleOfIdentity(identity)}</h2>
          <ul>
            ${linesOf(identity).map((line) => html`<li>${line}</li>`)}
          </ul>
        </section>`,
    )}`;
}

/** Allows its own style and script, by their digests, and nothing else. */
function policy(): string {
  const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${digest(STYLE)}; script-src ${digest(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}
