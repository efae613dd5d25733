import { describe, expect, it } from 'vitest'
import type { Connection } from '#contract/connections.ts'
import { newId } from '#contract/ids.ts'
import { problemOf } from '#contract/problems.ts'
import {
  connectionErrors,
  createOf,
  draftOf,
  emptyDraft,
  needsKeyAgain,
  patchOf,
} from './connection-draft.ts'

const stored: Connection = {
  id: newId('connection'),
  name: 'OpenAI',
  provider: 'openai',
  vendor: 'auto',
  baseUrl: 'https://api.openai.com/v1',
  enabled: true,
  auth: 'key',
  azureApiVersion: null,
  prefix: null,
  tags: ['fast'],
  modelIds: [],
  capabilities: {},
  numCtx: null,
  order: 0,
  apiKey: { set: true, hint: '…abcd' },
  headers: [{ name: 'X-Title', value: { set: true } }],
  createdAt: 1,
  updatedAt: 1,
  status: { checkedAt: null, ok: null, problem: null, models: 0 },
}
const draft = draftOf(stored)

describe('a changed connection', () => {
  it('sends nothing when nothing was changed', () => {
    expect(patchOf(draft, stored)).toEqual({})
  })

  it('sends only what differs, and never touches a secret that was left alone', () => {
    expect(patchOf({ ...draft, name: ' Main ', tags: 'fast, new，new' }, stored)).toEqual({
      name: 'Main',
      tags: ['fast', 'new'],
    })
  })

  it('clears the key by null and replaces it by a value', () => {
    expect(patchOf({ ...draft, apiKey: { type: 'clear' } }, stored)).toEqual({ apiKey: null })
    const replaced = { ...draft, apiKey: { type: 'replace' as const, value: ' sk-1 ' } }
    expect(patchOf(replaced, stored)).toEqual({ apiKey: 'sk-1' })
  })

  it('keeps the stored key when the field for a new one was left empty', () => {
    const emptied = { ...draft, apiKey: { type: 'replace' as const, value: ' ' } }
    expect(patchOf(emptied, stored)).toEqual({})
  })

  it('names a header without its value when the stored one stays', () => {
    const headers = [
      ...draft.headers,
      { name: 'X-Org', value: { type: 'replace' as const, value: 'a' } },
    ]
    expect(patchOf({ ...draft, headers }, stored)).toEqual({
      headers: [{ name: 'X-Title' }, { name: 'X-Org', value: 'a' }],
    })
  })

  it('clears a prefix that was emptied', () => {
    const prefixed = { ...stored, prefix: 'oa' }
    expect(patchOf({ ...draftOf(prefixed), prefix: '' }, prefixed)).toEqual({ prefix: null })
  })
})

it('leaves the name of a new connection to the server when none was typed', () => {
  const created = createOf({ ...emptyDraft, baseUrl: 'https://api.openai.com/v1' })
  expect(created).not.toHaveProperty('name')
  expect(created).not.toHaveProperty('apiKey')
  expect(created).toMatchObject({ provider: 'openai', baseUrl: 'https://api.openai.com/v1' })
})

it('asks for the key again when the address leads to another host', () => {
  expect(needsKeyAgain({ ...draft, baseUrl: 'https://api.openai.com' }, stored)).toBe(false)
  expect(needsKeyAgain({ ...draft, baseUrl: 'https://evil.example/v1' }, stored)).toBe(true)
  expect(needsKeyAgain({ ...draft, baseUrl: 'https://x.example', auth: 'none' }, stored)).toBe(
    false,
  )
  expect(needsKeyAgain(emptyDraft, null)).toBe(false)
})

it('puts a refusal at the field concerned', () => {
  const errors = [{ path: 'headers.0.name', message: 'Not a header name.' }]
  expect(connectionErrors(problemOf('invalid_request', 'r', { errors }))).toEqual({
    headers: 'Not a header name.',
  })
  expect(connectionErrors(problemOf('address_refused', 'r'))).toHaveProperty('baseUrl')
  expect(connectionErrors(problemOf('internal', 'r'))).toEqual({})
})
