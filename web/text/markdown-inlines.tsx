import type { ReactNode } from 'react'
import { NoteReference } from './footnotes.tsx'
import type { Inline, Link } from './markdown-tree.ts'
import { InlineMath } from './math.tsx'
import { RemoteImage } from './remote-image.tsx'

/** What stands in a block, as text and elements; plain text costs no element. */
export function inlines(nodes: readonly Inline[]): ReactNode {
  const [first] = nodes
  if (nodes.length === 1 && first?.type === 'text') return first.text
  return nodes.map(inline)
}

function inline(node: Inline, key: number): ReactNode {
  switch (node.type) {
    case 'text':
    case 'html':
      return node.text
    case 'code-span':
      return <code key={key}>{node.text}</code>
    case 'break':
      return <br key={key} />
    case 'emphasis':
      return <em key={key}>{inlines(node.children)}</em>
    case 'strong':
      return <strong key={key}>{inlines(node.children)}</strong>
    case 'strike':
      return <del key={key}>{inlines(node.children)}</del>
    case 'link':
      return link(node, key)
    case 'image':
      return <RemoteImage key={key} image={node} />
    case 'math':
      return <InlineMath key={key} math={node} />
    case 'footnote-reference':
      return <NoteReference key={key} label={node.label} />
    default:
      return node satisfies never
  }
}

/** A picture in a link has a button of its own, so it stands before the link, which has its words. */
function link(node: Link, key: number): ReactNode {
  const images = node.children.filter((child) => child.type === 'image')
  const words = node.children.map((child): Inline => {
    return child.type === 'image' ? { type: 'text', text: child.alt || child.host } : child
  })
  const anchor = (
    <a
      key={key}
      className="text-accent"
      href={node.href}
      title={node.title ? `${node.host} — ${node.title}` : node.host}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {inlines(words)}
    </a>
  )
  return images.length === 0 ? anchor : [...images.map(inline), anchor]
}
