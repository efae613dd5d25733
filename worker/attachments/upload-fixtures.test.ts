import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Fault } from '../platform/fault.ts'
import { checkImage } from './check-image.ts'

const folder = '../shared/fixtures/security'
const isThere = existsSync(`${folder}/uploads.json`)
if (!isThere) console.warn(`Skipped: no ${folder}/uploads.json, so no hostile uploads are tried.`)

interface Upload {
  file: string
  expect: string
  real?: string
  dims?: [number, number]
}
const { files } = isThere
  ? (JSON.parse(readFileSync(`${folder}/uploads.json`, 'utf8')) as { files: Upload[] })
  : { files: [] }

describe.skipIf(!isThere)('an upload of the collection', () => {
  it('is one of many', () => expect(files.length).toBeGreaterThan(40))

  for (const { file, expect: verdict, real, dims } of files) {
    it(`${file} is treated as it deserves: ${verdict}`, () => {
      const outcome = tried(readFileSync(`${folder}/uploads/${file}`))
      expect(
        allowed(verdict, { mediaType: real, width: dims?.[0], height: dims?.[1] }, outcome),
      ).toBe(true)
    })
  }
})

function tried(bytes: Uint8Array) {
  try {
    return checkImage(bytes)
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

type Outcome = ReturnType<typeof tried>

function allowed(verdict: string, real: Record<string, unknown>, outcome: Outcome): boolean {
  if (typeof outcome === 'string') {
    return verdict !== 'accept' && /^attachment_(type|dimensions)$/.test(outcome)
  }
  const isWhatItIs = Object.entries(outcome).every(([key, value]) => real[key] === value)
  if (verdict === 'accept') return isWhatItIs
  if (verdict === 'reject-or-retype') return outcome.mediaType === real['mediaType']
  return verdict !== 'reject' && verdict !== 'reject-or-serve-inert'
}
