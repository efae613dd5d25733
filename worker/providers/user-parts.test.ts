import { expect, it } from 'vitest'
import type { ProviderId } from '../contract/connections.ts'
import { connectionOf, gather, requestOf, upstreamOf } from './play-recording.ts'
import type { Turn } from './provider.ts'
import { providers } from './registry.ts'

const pictures = ['Zmlyc3Q=', 'c2Vjb25k'].map(
  (base64) => ({ mediaType: 'image/png', base64 }) as const,
)
const turn: Turn = {
  role: 'user',
  text: 'before\nbetween\nafter',
  images: pictures,
  parts: [
    { type: 'text', text: 'before' },
    { type: 'image', image: pictures[0]! },
    { type: 'text', text: 'between' },
    { type: 'text', text: '' },
    { type: 'image', image: pictures[1]! },
    { type: 'text', text: 'after' },
  ],
}

// Ollama shows a model all pictures of a turn at once.
const ordering = Object.entries(providers).filter(([id]) => id !== 'ollama')

it.each(ordering)('%s is told in the order somebody gave', async (id, provider) => {
  const upstream = upstreamOf(() => new Response('{}'))
  const connection = connectionOf(id as ProviderId)
  await gather(provider.stream(requestOf({ turns: [turn] }), connection, upstream))
  const sent = JSON.stringify(upstream.calls[0]?.body)
  expect(sent.match(/before|Zmlyc3Q=|between|c2Vjb25k|after|""/g)).toEqual([
    'before',
    'Zmlyc3Q=',
    'between',
    'c2Vjb25k',
    'after',
  ])
})
