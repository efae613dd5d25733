/** An answer of about 20,000 tokens with everything that costs: prose, code, tables, formulas, lists. */
export const answer = Array.from({ length: 45 }, (_, index) => part(index + 1)).join('\n')

function part(number: number): string {
  const kinds = [reasons, program, comparison]
  return `## ${number}. Balancing a search tree\n\n${kinds[number % 3]?.(number)}`
}

function reasons(number: number): string {
  return `A **self-balancing** tree keeps its height near $\\log_2 n$, so that *every* operation stays
cheap; the invariant of part ${number} is that for each node the heights of its two subtrees differ by
at most one. See [the paper](https://example.org/papers/${number} "The first description") for the
original proof. 平衡树的**关键：**每次插入以后检查左右子树的高度差，然后旋转；旋转只改变常数个指针，因此代价很小。

$$
T_{${number}}(n) = \\sum_{k=0}^{n-1} \\binom{n}{k} \\frac{(-1)^k}{k + ${number}}
  = \\int_0^1 x^{${number - 1}} (1 - x)^n \\, dx
$$

The sum telescopes, and what is left is bounded by the last term. Suppose the subtree of height $h$
grew to $h + 1$; then its sibling had height $h - 1$, the rotation makes both $h$, and the parent of
the subtree sees the height it saw before. Nothing above it changes, so the walk may stop there. This
is the whole reason why inserting needs a single rotation while deleting may need one on every level.

> Measured on ${number * 1000} keys: the height never passed \`1.44 * log2(n)\`, which is what the
> theory promises. Deleting is a little slower than inserting.

Three things are easy to get wrong in practice, and each of them has bitten a well-known library:

1. **Equal keys.** Decide once on which side they go, and keep to it when rotating; otherwise a later
   search looks on the wrong side and reports that the key is missing.
2. **The height of nothing.** An empty subtree has height zero and a leaf has height one. Mixing this
   up with the other convention makes every balance wrong by one, but only near the leaves.
3. **Sharing.** When readers hold on to an old root, a rotation must copy the nodes it changes:
   - the node that moves up,
   - the node that moves down,
   - and every node on the path above them.
`
}

function program(number: number): string {
  return `The insertion itself is short, because the rotations carry all of the weight:

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

function rotateRight<K>(node: Node<K>): Node<K> {
  const pivot = node.left ?? fail('A left-heavy node has a left child')
  const down = withHeight({ ...node, left: pivot.right })
  return withHeight({ ...pivot, right: down })
}
\`\`\`

The same walk in Python, as a generator, which is handy for checking the invariant in a test:

\`\`\`python
def heights(tree: Tree, depth: int = ${number}) -> Iterator[int]:
    """Yields the height of every subtree, smallest first."""
    for child in (tree.left, tree.right):
        if child is not None:
            yield from heights(child, depth + 1)  # children before parents
    yield max((0, *map(len, tree.children))) + 1


@given(lists(integers(), min_size=1, max_size=${number * 100}))
def test_balance_holds(keys: list[int]) -> None:
    tree = reduce(insert, keys, None)
    assert all(abs(node.balance) <= 1 for node in walk(tree)), f"broken by {keys!r}"
\`\`\`

Both run in time proportional to the height; the test above takes about ${number} seconds.

- [x] insertion with rotation, as shown
- [ ] deletion, which needs part ${number + 1}
- [ ] bulk loading from \`sorted(keys)\`
`
}

function comparison(number: number): string {
  return `How the usual choices compare, with ${number * 1000} keys and one writer:

| tree | insert | delete | rotations | remarks |
|:-----|-------:|-------:|:---------:|---------|
| AVL | 1.0 µs | 1.3 µs | ≤ 1 | strictest balance, $1.44 \\log_2 n$ high |
| red-black | 0.9 µs | 1.0 µs | ≤ 2 | what most standard libraries use |
| treap | 1.2 µs | 1.2 µs | expected 2 | needs **random** priorities, simplest code |
| B-tree, 64 wide | 0.4 µs | 0.5 µs | none | splits and merges, kind to the cache |
| skip list | 1.5 µs | 1.4 µs | none | \`O(log n)\` only *on average* |

The numbers say more about memory than about balance: a B-tree of order ${number + 60} touches three or
four cache lines where a binary tree touches twenty, and that decides. For a tree that is mostly read,
prefer a sorted array and rebuild it; for one that is written by several threads, a skip list needs no
rotations and therefore no lock that spans more than a node.

### What to measure

Before choosing, find out how large the keys are, how often they are compared, and whether a reader may
see a state between two writes. Then measure with *your* keys. A benchmark with random integers favours
whatever compares cheaply, and hides the cost of chasing pointers, which is most of the time spent when
keys are strings of a few dozen characters, as in part ${number}.

Finally, remember that the height is only a bound. With a good distribution of keys even the plain,
unbalanced tree stays within a factor of two of the best, and it is by far the easiest one to get right,
to debug, and to explain to whoever inherits the code. [Knuth](https://example.org/knuth/${number}) shows
that the expected height after random insertions is $4.31 \\ln n$; balancing protects from the *order* of
the keys, not from their number.
`
}
