import type { Root, TreeChild, TreeNode } from './markdown-tree.ts'

/**
 * How one list of children became another: `keep` at the start and `keepEnd` at the end are the
 * same objects as before, `into` is the child between them that changed inside, `added` follows it.
 */
export interface Patch {
  keep: number
  into?: { node: TreeNode; patch: Patch }
  added: readonly TreeChild[]
  keepEnd: number
}

/** What turns `before` into `after`. While a text grows, that is a path down to its end. */
export function difference(before: Root, after: Root): Patch {
  return childrenDifference(before.children, after.children)
}

/** The root that `difference` saw as `after`; every node that did not change is the same object. */
export function patched(root: Root, patch: Patch): Root {
  return { ...root, children: patchedChildren(root.children, patch) as Root['children'] }
}

function childrenDifference(before: readonly TreeChild[], after: readonly TreeChild[]): Patch {
  const shorter = Math.min(before.length, after.length)
  let keep = 0
  while (keep < shorter && same(before[keep], after[keep])) keep++
  let keepEnd = 0
  while (keepEnd < shorter - keep && same(before.at(-1 - keepEnd), after.at(-1 - keepEnd))) {
    keepEnd++
  }
  const end = after.length - keepEnd
  const old = keep < before.length - keepEnd ? before[keep] : undefined
  const now = keep < end ? after[keep] : undefined
  if (old === undefined || now === undefined || !isParent(old) || !isParent(now)) {
    return { keep, added: after.slice(keep, end), keepEnd }
  }
  if (old.type !== now.type) return { keep, added: after.slice(keep, end), keepEnd }
  const into = {
    node: { ...now, children: [] } as TreeNode,
    patch: childrenDifference(old.children, now.children),
  }
  return { keep, into, added: after.slice(keep + 1, end), keepEnd }
}

function patchedChildren(before: readonly TreeChild[], patch: Patch): readonly TreeChild[] {
  const children = before.slice(0, patch.keep)
  if (patch.into) {
    const old = before[patch.keep]
    if (old === undefined || !isParent(old)) throw new Error('A patch for another tree')
    const inner = patchedChildren(old.children, patch.into.patch)
    children.push({ ...patch.into.node, children: inner } as TreeNode)
  }
  return children.concat(patch.added, before.slice(before.length - patch.keepEnd))
}

type Parent = TreeNode & { children: readonly TreeChild[] }
function isParent(child: TreeChild): child is Parent {
  return typeof child === 'object' && 'children' in child
}

/** Deep equality of plain data; the same object is equal without a look inside. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    return a.every((value, index) => same(value, b[index]))
  }
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => same(a[key as keyof typeof a], b[key as keyof typeof b]))
}
