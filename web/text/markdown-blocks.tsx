import { createElement, memo, type ReactNode } from 'react'
import { CodeBlock } from './code-block.tsx'
import { Notes } from './footnotes.tsx'
import { inlines } from './markdown-inlines.tsx'
import type { Block, List, ListItem } from './markdown-tree.ts'
import { MathBlock } from './math.tsx'
import { Table } from './table.tsx'
import { useTextLabels } from './text-labels.tsx'

/** Blocks one below the other. A block that did not change is the same object and is not rendered. */
export function Blocks({ nodes }: { nodes: readonly Block[] }) {
  return nodes.map((node, index) => <BlockView key={index} node={node} />)
}

const BlockView = memo(function BlockView({ node }: { node: Block }): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return node.tight ? inlines(node.children) : <p>{inlines(node.children)}</p>
    case 'heading':
      // The page has one h1, its own.
      return createElement(
        `h${Math.min(node.depth + 1, 6)}`,
        { 'data-depth': node.depth },
        inlines(node.children),
      )
    case 'rule':
      return <hr />
    case 'quote':
      return (
        <blockquote>
          <Blocks nodes={node.children} />
        </blockquote>
      )
    case 'list':
      return <ListView list={node} />
    case 'code':
      return <CodeBlock code={node} />
    case 'math-block':
      return <MathBlock math={node} />
    case 'table':
      return <Table table={node} />
    case 'html-block':
      return <p className="markdown-source">{node.text}</p>
    case 'footnotes':
      return <Notes footnotes={node} />
    // Parts of other blocks, which render them.
    case 'item':
    case 'row':
    case 'cell':
    case 'footnote':
      return null
    default:
      return node satisfies never
  }
})

function ListView({ list }: { list: List }) {
  const items = list.children.map((item, index) => <ItemView key={index} item={item} />)
  if (!list.ordered) return <ul>{items}</ul>
  return <ol start={list.start}>{items}</ol>
}

const ItemView = memo(function ItemView({ item }: { item: ListItem }) {
  if (item.checked === null) {
    return (
      <li>
        <Blocks nodes={item.children} />
      </li>
    )
  }
  return (
    <li className="markdown-task">
      <TaskBox checked={item.checked} />
      <div>
        <Blocks nodes={item.children} />
      </div>
    </li>
  )
})

function TaskBox({ checked }: { checked: boolean }) {
  const { taskDone, taskOpen } = useTextLabels()
  return (
    <span
      className="markdown-task-box"
      role="img"
      aria-label={checked ? taskDone : taskOpen}
      data-checked={checked}
    />
  )
}
