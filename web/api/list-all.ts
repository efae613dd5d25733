interface ListPage<Item> {
  items: Item[]
  nextCursor: string | null
}

/** Every item of a list that is short enough to be shown whole. */
export async function listAll<Item>(
  ask: (query: { limit: number; cursor?: string }) => Promise<ListPage<Item>>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await ask({ limit: 100, ...(cursor && { cursor }) })
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}
