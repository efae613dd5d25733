import { html, type Html } from './html.ts'

/** Words with `code` in them. */
export function prose(text: string): Html {
  const pieces = text
    .split('`')
    .map((piece, index) => (index % 2 ? html`<code>${piece}</code>` : piece))
  return html`${pieces}`
}

/** The same in paragraphs, which an empty line divides. */
export function paragraphs(text: string): Html {
  return html`${text.split('\n\n').map((each) => html`<p>${prose(each)}</p>`)}`
}
