import { describe, expect, it } from 'vitest'
import type { Connection, ProviderInfo } from '#contract/connections.ts'
import { newId } from '#contract/ids.ts'
import { problemOf } from '#contract/problems.ts'
import {
  connectionErrors,
  createOf,
  draftOf,
  emptyDraft,
  isNumCtxUnfit,
  lacksKey,
  needsKeyAgain,
  patchOf,
  withProvider,
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

const kind = (id: string, over: Partial<ProviderInfo>): ProviderInfo => ({
  id,
  label: id,
  fields: ['modelIds'],
  baseUrlDefault: null,
  authDefault: 'key',
  ...over,
})
const open = kind('openai', {
  fields: ['vendor', 'modelIds'],
  baseUrlDefault: 'https://api.openai.com/v1',
})
const local = kind('local', {
  fields: ['numCtx', 'modelIds'],
  baseUrlDefault: 'http://localhost:11434',
  authDefault: 'none',
})
const deployed = kind('deployed', { fields: ['azureApiVersion', 'modelIds'] })
const kinds = [open, local, deployed]

describe('a changed connection', () => {
  it('sends nothing when nothing was changed', () => {
    expect(patchOf(draft, stored, open)).toEqual({})
  })

  it('sends only what differs, and never touches a secret that was left alone', () => {
    expect(patchOf({ ...draft, name: ' Main ', tags: 'fast, new，new' }, stored, open)).toEqual({
      name: 'Main',
      tags: ['fast', 'new'],
    })
  })

  it('clears the key by null and replaces it by a value', () => {
    expect(patchOf({ ...draft, apiKey: { type: 'clear' } }, stored, open)).toEqual({ apiKey: null })
    const replaced = { ...draft, apiKey: { type: 'replace' as const, value: ' sk-1 ' } }
    expect(patchOf(replaced, stored, open)).toEqual({ apiKey: 'sk-1' })
  })

  it('keeps the stored key when the field for a new one was left empty', () => {
    const emptied = { ...draft, apiKey: { type: 'replace' as const, value: ' ' } }
    expect(patchOf(emptied, stored, open)).toEqual({})
  })

  it('names a header without its value when the stored one stays', () => {
    const headers = [
      ...draft.headers,
      { name: 'X-Org', value: { type: 'replace' as const, value: 'a' } },
    ]
    expect(patchOf({ ...draft, headers }, stored, open)).toEqual({
      headers: [{ name: 'X-Title' }, { name: 'X-Org', value: 'a' }],
    })
  })

  it('clears a prefix that was emptied', () => {
    const prefixed = { ...stored, prefix: 'oa' }
    expect(patchOf({ ...draftOf(prefixed), prefix: '' }, prefixed, open)).toEqual({ prefix: null })
  })
})

it('leaves the name of a new connection to the server when none was typed', () => {
  const created = createOf(
    { ...emptyDraft, provider: 'openai', baseUrl: 'https://api.openai.com/v1' },
    open,
  )
  expect(created).not.toHaveProperty('name')
  expect(created).not.toHaveProperty('apiKey')
  expect(created).toMatchObject({ provider: 'openai', baseUrl: 'https://api.openai.com/v1' })
})

it('asks for the key again when the address leads to another host', () => {
  expect(needsKeyAgain({ ...draft, baseUrl: 'https://api.openai.com' }, stored)).toBe(false)
  expect(needsKeyAgain({ ...draft, baseUrl: 'https://evil.example/v1' }, stored)).toBe(true)
  expect(needsKeyAgain({ ...draft, baseUrl: 'http://api.openai.com/v1' }, stored)).toBe(true)
  expect(needsKeyAgain({ ...draft, baseUrl: 'https://x.example', auth: 'none' }, stored)).toBe(
    false,
  )
  expect(needsKeyAgain(emptyDraft, null)).toBe(false)
})

it('says that a key is missing only where one is needed', () => {
  expect(lacksKey(stored)).toBe(false)
  expect(lacksKey({ auth: 'key', apiKey: { set: false, hint: null } })).toBe(true)
  expect(lacksKey({ auth: 'none', apiKey: { set: false, hint: null } })).toBe(false)
})

describe('another kind of provider', () => {
  const begun = withProvider(emptyDraft, open, kinds)

  it('brings its usual address and way of signing in', () => {
    expect(begun).toMatchObject({ baseUrl: 'https://api.openai.com/v1', auth: 'key' })
    const next = withProvider(begun, local, kinds)
    expect(next).toMatchObject({ baseUrl: 'http://localhost:11434', auth: 'none' })
    expect(withProvider(next, deployed, kinds)).toMatchObject({ baseUrl: '', auth: 'key' })
  })

  it('keeps what was typed', () => {
    const typed = {
      ...begun,
      name: 'Mine',
      baseUrl: 'https://proxy.example/v1',
      apiKey: { type: 'replace' as const, value: 'sk-1' },
      tags: 'fast',
    }
    expect(withProvider(typed, local, kinds)).toEqual({ ...typed, provider: 'local' })
  })

  it('sends none of the fields that only the kind before had', () => {
    const filled = { ...begun, numCtx: '16 384', azureApiVersion: '2024-10-21', modelIds: 'a\nb' }
    expect(createOf({ ...filled, provider: 'local' }, local)).toMatchObject({
      numCtx: 16_384,
      azureApiVersion: null,
      modelIds: ['a', 'b'],
    })
    expect(createOf({ ...filled, provider: 'deployed' }, deployed)).toMatchObject({
      numCtx: null,
      azureApiVersion: '2024-10-21',
    })
    const spoken = { ...stored, vendor: 'groq' as const }
    expect(patchOf({ ...draftOf(spoken), provider: 'local' }, spoken, local)).toEqual({
      provider: 'local',
      vendor: 'auto',
    })
  })

  it('minds a context length that is none only where there is one to give', () => {
    expect(isNumCtxUnfit({ ...begun, numCtx: 'large' }, local)).toBe(true)
    expect(isNumCtxUnfit({ ...begun, numCtx: 'large' }, open)).toBe(false)
    expect(isNumCtxUnfit({ ...begun, numCtx: '' }, local)).toBe(false)
  })
})

it('takes back with null what was said of what all models can do', () => {
  const said = { ...stored, capabilities: { vision: true, tools: false } }
  const changed = { ...draftOf(said), capabilities: { tools: false, reasoning: true } }
  expect(patchOf(changed, said, open).capabilities).toMatchObject({
    vision: null,
    tools: false,
    reasoning: true,
  })
})

it('puts a refusal at the field concerned', () => {
  const errors = [{ path: 'headers.0.name', message: 'Not a header name.' }]
  expect(connectionErrors(problemOf('invalid_request', 'r', { errors }))).toEqual({
    headers: 'Not a header name.',
  })
  expect(connectionErrors(problemOf('address_refused', 'r'))).toHaveProperty('baseUrl')
  expect(connectionErrors(problemOf('internal', 'r'))).toEqual({})
})
