import { beforeAll, describe, expect, it } from 'vitest'
import { auditKinds, type AuditEntry } from '#contract/audit.ts'
import { newId } from '#contract/ids.ts'
import { loadTexts, setLanguage } from '../../text/i18n.ts'
import { records as en } from '../../text/locales/en/records.ts'
import { records as zhCN } from '../../text/locales/zh-CN/records.ts'
import { sentenceOf } from './sentence.ts'

const kinds = Object.entries(auditKinds).flatMap(([area, happened]) =>
  happened.map((name) => `${area}.${name}`),
)
const named = (name: string | null, type = 'user') => ({ type, id: newId('user'), name })

function entry(known: Partial<AuditEntry>): AuditEntry {
  return {
    id: newId('audit'),
    at: 0,
    actor: named('alice'),
    network: '192.0.2.0/24',
    kind: 'user.approve',
    target: named('bob'),
    before: null,
    after: null,
    ...known,
  }
}

const textOf = (known: Partial<AuditEntry>) =>
  sentenceOf(entry(known))
    .map(({ text }) => text)
    .join('')

describe('an entry of the audit log', () => {
  beforeAll(async () => {
    globalThis.document ??= { documentElement: {} } as Document
    await loadTexts('records')
    await setLanguage('en')
  })

  it.each(kinds)('of the kind %s has a sentence in each language, and its area a name', (kind) => {
    for (const texts of [en, zhCN] as Record<string, string>[]) {
      expect(texts[`audit.${kind}`]).toMatch(/\{(actor|target)\}/)
      expect(texts[`audit.area.${kind.slice(0, kind.indexOf('.'))}`]).toBeTruthy()
    }
  })

  it('says who did what to whom', () => {
    const [actor, target] = [named('alice'), named('bob')]
    expect(sentenceOf(entry({ actor, target }))).toEqual([
      { text: 'alice', isName: true, userId: actor.id },
      { text: ' approved ', isName: false },
      { text: 'bob', isName: true, userId: target.id },
    ])
  })

  it.each<[Partial<AuditEntry>, string]>([
    [
      { kind: 'session.signInFailed', actor: null, target: named('carol') },
      'Signing in as carol failed',
    ],
    [
      { kind: 'session.signInFailed', actor: null, target: null },
      'Somebody failed to sign in with an unknown name',
    ],
    [{ kind: 'user.delete', target: null }, 'alice deleted the account something'],
    [{ kind: 'user.delete', actor: null }, 'Somebody deleted the account bob'],
    [
      { kind: 'job.run', target: { type: 'job', id: 'images', name: null } },
      'alice started the job “Old images”',
    ],
    [
      { kind: 'quota.reset', target: named('guests', 'quota') },
      'alice reset the quotas of all guests',
    ],
    [
      { kind: 'model.override', target: named('gpt-5', 'model') },
      'alice changed what is said of models: gpt-5',
    ],
    [{ kind: 'model.override', target: null }, 'alice changed what is said of models'],
    [{ kind: 'user.marry' }, 'alice: user.marry: bob'],
  ])('of %j reads %j', (known, text) => {
    expect(textOf(known)).toBe(text)
  })

  it('takes names as they are, whatever they contain', () => {
    expect(textOf({ target: named('{actor} $&') })).toBe('alice approved {actor} $&')
  })
})
