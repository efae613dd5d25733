/** An answer of about 20,000 tokens with everything that costs: code, tables, formulas, lists. */
export const answer = Array.from({ length: 26 }, (_, index) => section(index + 1)).join('\n')

function section(number: number): string {
  return `## ${number}. Balancing a search tree, part ${number}

A **self-balancing** tree keeps its height near $\\log_2 n$, so that *every* operation stays cheap;
the invariant of part ${number} is that for each node $v$ the heights $h_l(v)$ and $h_r(v)$ differ by
at most $${number}$. See [the paper](https://example.org/papers/${number} "The first description") and
\`tree.insert(key)\` below. 平衡树的**关键：**每次插入以后检查 $|h_l - h_r| \\le 1$，然后旋转。

$$
T_{${number}}(n) = \\sum_{k=0}^{n-1} \\binom{n}{k} \\frac{(-1)^k}{k + ${number}}
  = \\int_0^1 x^{${number - 1}} (1 - x)^n \\, dx
$$

### What happens on insertion

1. The key is placed in a leaf, as in an ordinary tree:
   - smaller keys go to the left, *including* equal ones,
   - larger keys go to the right;
   - the path from the root has length $O(\\log n)$.
2. On the way back each node's balance is updated, and at most **one** rotation follows.
3. The root of part ${number} is stored again, so that readers always see a whole tree.

\`\`\`typescript
/** Inserts \`key\` below \`node\` and gives back the new root, number ${number}. */
export function insert<K>(node: Node<K> | null, key: K, compare: Compare<K>): Node<K> {
  if (node === null) return { key, height: 1, left: null, right: null }
  const order = compare(key, node.key)
  const next = order <= 0
    ? { ...node, left: insert(node.left, key, compare) }
    : { ...node, right: insert(node.right, key, compare) }
  const balance = heightOf(next.left) - heightOf(next.right)
  if (balance > 1) return rotateRight(next) // left-heavy by ${number}
  if (balance < -1) return rotateLeft(next)
  return { ...next, height: 1 + Math.max(heightOf(next.left), heightOf(next.right)) }
}
\`\`\`

| operation | worst case | rotations | note ${number} |
|:----------|-----------:|:---------:|----------------|
| insert | $O(\\log n)$ | ≤ 1 | the common case |
| delete | $O(\\log n)$ | ≤ $\\log n$ | rotations may go **up to the root** |
| search | $O(\\log n)$ | 0 | reads only, needs no \`lock\` |
| range | $O(k + \\log n)$ | 0 | \`k\` is the number of results |

> Measured on ${number * 1000} keys: the height never passed \`1.44 * log2(n)\`, which is what the
> theory promises. Deleting is a little slower than inserting.

\`\`\`python
def heights(tree: Tree, depth: int = ${number}) -> Iterator[int]:
    """Yields the height of every subtree, smallest first."""
    for child in (tree.left, tree.right):
        if child is not None:
            yield from heights(child, depth + 1)  # children before parents
    yield max((0, *map(len, tree.children))) + 1
\`\`\`

- [x] insertion with rotation
- [ ] deletion, which needs part ${number + 1}
- [ ] bulk loading from \`sorted(keys)\`

The rest of this part is about *why* one rotation is enough. Suppose the subtree of height $h$ grew
to $h + 1$; then its sibling had height $h - 1$, the rotation makes both $h$, and the parent of the
subtree sees the height it saw before. Nothing above it changes, so the walk may stop there.
`
}
