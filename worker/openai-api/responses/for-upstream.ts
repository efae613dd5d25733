import type { ProviderId } from '../../contract/connections.ts'
import { textOf, type Fields } from '../../providers/narrow.ts'
import { isPacked, unpackCarried } from './pack-carried.ts'
import { responseOfItem } from './response-items.ts'

/**
 * Items as an upstream that keeps no state can read them: a thought is the one it has sealed itself,
 * or none; and an id that was made here says nothing there.
 */
export function forUpstream(items: readonly Fields[], provider: ProviderId): unknown[] {
  return items.flatMap((item) => {
    if (item.type === 'reasoning') return thoughts(item, provider)
    if (responseOfItem(item.id) === null) return [item]
    const { id, ...rest } = item
    return [rest]
  })
}

function thoughts(item: Fields, provider: ProviderId): readonly unknown[] {
  const sealed = textOf(item.encrypted_content)
  if (isPacked(sealed)) return unpackCarried(provider, sealed)
  return sealed === '' ? [] : [item]
}
