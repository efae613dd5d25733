import { getApiDocument } from '../../contract/reference.ts'
import type { OpenApi } from '../open-api.ts'
import { html, Html } from './html.ts'
import { breakable, methodBadge, operationView, type Placed } from './operation-view.ts'
import { paragraphs, prose } from './prose.ts'
import { schemaView } from './schema-view.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** The document as a page that needs nothing from anywhere else. */
export function referencePage(document: OpenApi): string {
  const placed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Placed => ({ method, path, operation })),
  )
  const sections = document.tags.map((tag) => ({
    ...tag,
    id: idOf(tag.name),
    operations: placed.filter(({ operation }) => operation.tags[0] === tag.name),
  }))
  const { title, version, description, summary } = document.info
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" />
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <div class="page">
          <nav aria-label="Contents">${navigation(sections)}</nav>
          <main id="content" tabindex="-1">
            <header>
              <h1>${title} <span class="version">${version}</span></h1>
              <p class="lead">${summary}</p>
              ${paragraphs(description)}
              <p>
                <a href="${getApiDocument.path}">${getApiDocument.path}</a> is the same as an
                OpenAPI document, for your tools. Keys for <code>/v1</code> are made in
                <a href="/main/settings/api-keys">the settings</a>.
              </p>
            </header>
            <div class="filter" role="search">
              <label for="filter">Filter</label>
              <input
                id="filter"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder="Path, method or word"
              />
              <span id="count" role="status"></span>
            </div>
            <section id="authentication" aria-labelledby="authentication-name">
              <h2 id="authentication-name">Authentication</h2>
              <dl class="access">
                ${Object.values(document.components.securitySchemes).map(
                  ({ in: place, name, description: about = '' }) =>
                    html`<div>
                      <dt>
                        ${name ? html`${place} <code>${name}</code>` : 'Authorization: Bearer …'}
                      </dt>
                      <dd>${prose(about)}</dd>
                    </div>`,
                )}
              </dl>
            </section>
            ${sections.map(
              ({ name, description: about, id, operations }) =>
                html`<section id="${id}" aria-labelledby="${id}-name">
                  <h2 id="${id}-name">${name}</h2>
                  <p>${prose(about)}</p>
                  ${operations.map((each) => operationView(each, document))}
                </section>`,
            )}
            <section id="schemas" aria-labelledby="schemas-name">
              <h2 id="schemas-name">Schemas</h2>
              <p>What the endpoints above refer to by name.</p>
              ${Object.entries(document.components.schemas).map(
                ([name, schema]) =>
                  html`<details class="schema" id="schema-${name}">
                    <summary>
                      <h3><code>${name}</code></h3>
                    </summary>
                    <div class="inside">${schemaView(schema)}</div>
                  </details>`,
              )}
            </section>
          </main>
        </div>
        ${new Html(`<script type="module">${script}</script>`)}
      </body>
    </html>`.text
}

interface PlacedSection {
  name: string
  id: string
  operations: Placed[]
}

function navigation(sections: PlacedSection[]): Html {
  return html`<ul>
    <li><a href="#authentication">Authentication</a></li>
    ${sections.map(
      ({ name, id, operations }) =>
        html`<li>
          <a href="#${id}">${name}</a>
          <ul>
            ${operations.map(
              ({ method, path, operation: { operationId } }) =>
                html`<li data-for="${operationId}">
                  <a href="#${operationId}"
                    >${methodBadge(method)}<span>${breakable(path)}</span></a
                  >
                </li>`,
            )}
          </ul>
        </li>`,
    )}
    <li><a href="#schemas">Schemas</a></li>
  </ul>`
}

function idOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}
