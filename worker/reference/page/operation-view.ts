import type { MediaType, OpenApi, Operation, Parameter, Reference, Reply } from '../open-api.ts'
import { html, type Html } from './html.ts'
import { paragraphs, prose } from './prose.ts'
import { nameView, noteOf, schemaView, typeOf } from './schema-view.ts'

export interface Placed {
  method: string
  path: string
  operation: Operation
}

/** One endpoint: what it is for at a glance, and everything else when it is opened. */
export function operationView({ method, path, operation }: Placed, document: OpenApi): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  return html`<details class="operation" id="${operationId}">
    <summary>
      <h3>${methodBadge(method)} <code>${breakable(path)}</code></h3>
      <span class="callers">${operation['x-callers']}</span>
      <span class="summary">${prose(summary)}</span>
    </summary>
    <div class="inside">
      ${paragraphs(description)} ${parametersView(parameters.map((each) => found(each, document)))}
      ${
        requestBody &&
        html`<h4>Body</h4>
          <p>${prose(requestBody.description ?? '')}</p>
          ${contentView(requestBody.content, document)}`
      }
      ${successes(responses).map(([status, reply]) => replyView(status, reply, document))}
      <details class="refusals">
        <summary>
          <h4>Refusals</h4>
          ${refusals(responses).map(([status]) => html` <span class="status">${status}</span>`)}
        </summary>
        <dl>
          ${refusals(responses).map(([status, reply]) => refusalView(status, found(reply, document)))}
        </dl>
      </details>
    </div>
  </details>`
}

export function methodBadge(method: string): Html {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`
}

/** A path that may be broken where a name ends. */
export function breakable(path: string): Html {
  return html`${path.split(/(?=\/)/).map((piece) => html`${piece}<wbr />`)}`
}

function parametersView(parameters: Parameter[]): Html | null {
  if (parameters.length === 0) return null
  return html`<h4>Parameters</h4>
    <ul class="fields">
      ${parameters.map(
        ({ name, in: place, schema, required, description }) =>
          html`<li>
            ${nameView(name, required ?? false)}<span class="type"
              >${typeOf(schema)}${noteOf(schema)}</span
            ><span class="place">in the ${place}</span>${
              description && html`<span class="note">${prose(description)}</span>`
            }
          </li>`,
      )}
    </ul>`
}

function replyView(status: string, { description, content }: Reply, document: OpenApi): Html {
  return html`<h4>Reply <span class="status">${status}</span></h4>
    ${content ? contentView(content, document) : html`<p>${prose(description)}</p>`}`
}

function contentView(content: Record<string, MediaType>, document: OpenApi): Html {
  return html`${Object.entries(content).map(
    ([mediaType, { schema }]) =>
      html`<div class="content">
        <p class="media-type">${mediaType}</p>
        ${schema && schemaView(schema, found(schema, document))}
      </div>`,
  )}`
}

function refusalView(status: string, { description }: Reply): Html {
  return html`<div>
    <dt>${status}</dt>
    <dd>${paragraphs(description)}</dd>
  </div>`
}

type Replies = [status: string, reply: Reply | Reference][]

/** What is referred to from elsewhere is a refusal: the same ones come up again and again. */
function successes(responses: Operation['responses']): [string, Reply][] {
  return Object.entries(responses).filter((entry): entry is [string, Reply] =>
    /^[23]/.test(entry[0]),
  )
}

function refusals(responses: Operation['responses']): Replies {
  return Object.entries(responses).filter(([status]) => !/^[23]/.test(status))
}

/** What a reference leads to, or the thing itself. */
function found<T extends object>(each: T | Reference, document: OpenApi): T {
  if (!('$ref' in each) || typeof each.$ref !== 'string') return each as T
  return each.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((place, name) => Reflect.get(place as object, name), document) as T
}
