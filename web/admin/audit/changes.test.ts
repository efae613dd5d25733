import { beforeAll, expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import { loadTexts, setLanguage } from '../../text/i18n.ts'
import { changesOf } from './changes.ts'

beforeAll(async () => {
  globalThis.document ??= { documentElement: {} } as Document
  await Promise.all([
    loadTexts('users'),
    loadTexts('records'),
    loadTexts('registry'),
    loadTexts('settings'),
    loadTexts('admin'),
    loadTexts('apiKeys'),
  ])
  await setLanguage('en')
})

const entry = (before: Record<string, unknown> | null, after: Record<string, unknown> | null) => ({
  id: newId('audit'),
  at: 0,
  actor: null,
  network: '',
  kind: 'user.limits',
  target: null,
  before,
  after,
})
const said = (field: string, value: unknown) => changesOf(entry(null, { [field]: value }))[0]

it('tells each field once, with what it was and what it is', () => {
  const changes = changesOf(entry({ role: 'user', reason: 'hi' }, { role: 'admin', models: 1_200 }))
  expect(changes).toEqual([
    { field: 'role', label: 'Role', before: 'Member', after: 'Administrator' },
    { field: 'reason', label: 'Reason', before: 'hi', after: null },
    { field: 'models', label: 'How many models', before: null, after: '1,200' },
  ])
})

it('has nothing to tell where nothing was recorded', () => {
  expect(changesOf(entry(null, null))).toEqual([])
})

it.each([
  ['messagesPerDay', null, 'No limit'],
  ['messagesPerDay', 'default', 'As for everybody'],
  ['messagesPerDay', 0, '0'],
  ['password', '[set]', 'Set, not shown'],
  ['apiKey', '[cleared]', 'Cleared'],
  ['enabled', false, 'No'],
  ['state', 'rejected', 'Rejected'],
  ['prefix', null, 'None'],
  ['prefix', '', 'Empty'],
  ['tags', ['a', 'b'], 'a, b'],
  ['tags', [], 'None'],
  ['guests.enabled', true, 'Yes'],
  ['accounts.registration', 'closed', 'Nobody'],
  ['accounts.pendingDays', null, 'Never'],
  ['auth', 'none', 'None'],
  ['code', 'account_disabled', 'An administrator has disabled this account.'],
  ['scopes', ['chat', 'models'], 'Chat, List of models'],
  ['models', null, 'All models'],
  ['expiresAt', null, 'Never'],
  ['headers', { a: 1 }, '{"a":1}'],
  ['reason', 'x'.repeat(700), `${'x'.repeat(600)}…`],
])('says of %s %j that it is %j', (field, value, text) => {
  expect(said(field, value)?.after).toBe(text)
})

it('names settings as where they are set, and what it does not know as it is stored', () => {
  expect(said('accounts.registration', 'open')?.label).toBe('New accounts')
  expect(said('weather.tomorrow', 'rain')?.label).toBe('weather.tomorrow')
})
