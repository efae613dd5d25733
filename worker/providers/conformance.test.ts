import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ProviderId } from '../contract/connections.ts'
import {
  connectionOf,
  cut,
  gather,
  requestOf,
  upstreamOf,
  type Gathered,
  type Split,
} from './play-recording.ts'
import {
  differences,
  hasRecordings,
  loadRecording,
  recordingsFor,
  replay,
} from './recorded-answers.ts'
import { providers, providerFor } from './registry.ts'

const splits: Split[] = ['whole', 1, 2, 7, 'utf8', 'random']
/** For bodies of megabytes, of which a few bytes at a time take minutes. */
const coarseSplits: Split[] = ['whole', 4_093, 'utf8', 'random']
const bigBytes = 200_000

interface Expected extends Partial<Gathered> {
  status?: number
  contentType?: string
}

const folder = fileURLToPath(new URL('./recordings/', import.meta.url).href)

/** Bodies written by hand, one for each rule of reading; the folder says what each comes to. */
describe.each(Object.keys(providers) as ProviderId[])('the %s provider', (id) => {
  const provider = providerFor(id)
  const expectations: Record<string, Expected> = JSON.parse(
    readFileSync(`${folder}${id}/expected.json`, 'utf8'),
  )
  const files = readdirSync(folder + id).filter((file) => file !== 'expected.json')

  it('has an expectation for every recording, and no other', () => {
    expect(Object.keys(expectations).toSorted()).toEqual(files.toSorted())
  })

  it.each(Object.entries(expectations))('reads %s, wherever it is cut', async (file, expected) => {
    const { status = 200, contentType = 'text/event-stream', ...outcome } = expected
    const body = readFileSync(`${folder}${id}/${file}`)
    for (const split of splits) {
      const init = { status, headers: { 'content-type': contentType } }
      const upstream = upstreamOf(() => new Response(cut(body, split), init))
      const got = await gather(provider.stream(requestOf(), connectionOf(id), upstream))
      expect({ split, ...got }).toEqual({ split, ...nothing, ...outcome })
    }
  })
})

const nothing: Gathered = {
  text: '',
  reasoning: '',
  toolCalls: [],
  finish: null,
  usage: null,
  problem: null,
}

describe.skipIf(!hasRecordings).each(Object.entries(providers))(
  'recorded for %s',
  (id, provider) => {
    it('there are some', () => {
      expect(recordingsFor(id).length).toBeGreaterThan(0)
    })

    it.each(recordingsFor(id))('reads %s, wherever it is cut', async (recording) => {
      const recorded = loadRecording(recording)
      const { expected, bytes } = recorded
      for (const split of bytes.length > bigBytes ? coarseSplits : splits) {
        const upstream = upstreamOf(() => replay(recorded, split))
        const ask = expected.stream ? provider.stream : provider.complete
        const got = await gather(ask(requestOf(), connectionOf(id as ProviderId), upstream))
        const found = differences(recorded, got)
        if (expected.usage === null && got.usage) found.push('usage: none was told')
        expect({ split, found }).toEqual({ split, found: [] })
      }
    })
  },
)
