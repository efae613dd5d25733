import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDrafts, type DraftsOptions } from './draft.ts'
import { fakeImage } from './fake-image.ts'
import { conversationId as key, messageId } from './fake-server.ts'

function storageOf(entries = new Map<string, string>()) {
  return {
    entries,
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  }
}

function draftsOf(over: Partial<DraftsOptions> = {}) {
  return createDrafts({
    storage: storageOf(),
    tab: 'a',
    now: () => 0,
    later: (run) => run(),
    ...over,
  })
}

const idOf = (name: string) => fakeImage(name).attachmentId

function idsIn(drafts: ReturnType<typeof createDrafts>): string[] {
  return drafts.imagesOf(key).map(({ attachmentId }) => attachmentId)
}

describe('a draft', () => {
  it('outlives a reload', () => {
    const storage = storageOf()
    draftsOf({ storage }).write(key, 'typed')

    expect(draftsOf({ storage }).textOf(key)).toBe('typed')
  })

  it('is stored by flush when the page goes before the moment has come', () => {
    const storage = storageOf()
    const drafts = draftsOf({ storage, later: () => {} })
    drafts.write(key, 'typed')
    expect(draftsOf({ storage }).textOf(key)).toBe('')

    drafts.flush()

    expect(draftsOf({ storage }).textOf(key)).toBe('typed')
  })

  it('leaves nothing behind once sent', () => {
    const storage = storageOf()
    const drafts = draftsOf({ storage })
    drafts.write(key, 'typed')
    drafts.clear(key)
    drafts.hold(key, messageId('a'), 'typed', [])
    drafts.release(key, messageId('a'))

    expect(storage.entries.size).toBe(0)
  })

  it('keeps its images over a reload until they are removed or sent', () => {
    const storage = storageOf()
    const drafts = draftsOf({ storage })
    drafts.addImage(key, fakeImage('a'))
    drafts.addImage(key, fakeImage('b'))
    expect(idsIn(draftsOf({ storage }))).toEqual([idOf('a'), idOf('b')])

    drafts.removeImage(key, idOf('a'))
    expect(draftsOf({ storage }).imagesOf(key)).toEqual([fakeImage('b')])

    drafts.clear(key)
    expect(storage.entries.size).toBe(0)
  })

  it('is read as text alone when it was stored before there were images', () => {
    const held = [{ messageId: messageId('a'), text: 'sent', tab: 'a', at: 0 }]
    const stored = JSON.stringify({ text: 'typed', held })
    const drafts = draftsOf({ storage: storageOf(new Map([[`aichat.draft.${key}`, stored]])) })
    drafts.recover(key, () => false)

    expect(drafts.textOf(key)).toBe('sent\n\ntyped')
    expect(drafts.imagesOf(key)).toEqual([])
  })

  it('goes in front of what is in the composer it is moved to', () => {
    const drafts = draftsOf()
    drafts.write('new:usr_1', 'first')
    drafts.addImage('new:usr_1', fakeImage('a'))
    drafts.write(key, 'second')
    drafts.addImage(key, fakeImage('b'))
    drafts.move('new:usr_1', key)

    expect(drafts.textOf(key)).toBe('first\n\nsecond')
    expect(idsIn(drafts)).toEqual([idOf('a'), idOf('b')])
    expect(drafts.imagesOf('new:usr_1')).toEqual([])
    expect(drafts.textOf('new:usr_1')).toBe('')
  })

  it('works without storage', () => {
    const drafts = draftsOf({ storage: null })
    drafts.write(key, 'typed')

    expect(drafts.textOf(key)).toBe('typed')
  })

  it('reads what it does not understand as nothing', () => {
    const storage = storageOf(new Map([[`aichat.draft.${key}`, '{"text":5}']]))

    expect(draftsOf({ storage }).textOf(key)).toBe('')
  })
})

describe('a text on its way', () => {
  it('comes back after a reload when it has not arrived', () => {
    const storage = storageOf()
    const before = draftsOf({ storage })
    before.hold(key, messageId('a'), 'first', [])
    before.hold(key, messageId('b'), 'second', [])

    const after = draftsOf({ storage })
    after.recover(key, (id) => id === messageId('a'))

    expect(after.textOf(key)).toBe('second')
  })

  it('is left to the tab that sends it, until that must have given up', () => {
    const storage = storageOf()
    draftsOf({ storage }).hold(key, messageId('a'), 'theirs', [])

    const other = draftsOf({ storage, tab: 'b' })
    other.recover(key, () => false)
    expect(other.textOf(key)).toBe('')

    const later = draftsOf({ storage, tab: 'b', now: () => 61_000 })
    later.recover(key, () => false)
    expect(later.textOf(key)).toBe('theirs')
  })

  it('is never lost, whatever is typed, uploaded, refused and reloaded', () => {
    const step = fc.oneof(
      fc.constantFrom('reload' as const, 'refuse' as const, 'send' as const, 'upload' as const),
      fc.string({ minLength: 1 }).map((text) => ({ text })),
    )
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const storage = storageOf()
        let drafts = draftsOf({ storage })
        let typed = ''
        const uploaded: string[] = []
        let count = 0
        for (const each of steps) {
          if (each === 'reload') {
            drafts = draftsOf({ storage })
            drafts.recover(key, () => false)
          } else if (each === 'send') {
            const text = drafts.textOf(key)
            const images = drafts.imagesOf(key)
            if (text === '' && images.length === 0) continue
            drafts.clear(key)
            drafts.hold(key, messageId(`s${count++}`), text, images)
          } else if (each === 'refuse') {
            for (let n = 0; n < count; n++) drafts.putBack(key, messageId(`s${n}`))
          } else if (each === 'upload') {
            const image = fakeImage(`i${uploaded.length}`)
            uploaded.push(image.attachmentId)
            drafts.addImage(key, image)
          } else {
            typed += each.text
            drafts.write(key, drafts.textOf(key) + each.text)
          }
        }
        for (let n = 0; n < count; n++) drafts.putBack(key, messageId(`s${n}`))
        const letters = (text: string) => text.replaceAll('\n', '').split('').toSorted().join('')
        expect(letters(drafts.textOf(key))).toBe(letters(typed))
        expect(idsIn(drafts).toSorted()).toEqual(uploaded.toSorted())
      }),
    )
  })

  it('is taken out exactly as it was put back, before whatever came since', () => {
    const images = fc.uniqueArray(fc.nat(99), { maxLength: 4 })
    fc.assert(
      fc.property(fc.string(), images, fc.string(), images, (text, sent, since, added) => {
        const drafts = draftsOf()
        const sentImages = sent.map((n) => fakeImage(`s${n}`))
        drafts.hold(key, messageId('a'), text, sentImages)
        drafts.write(key, since)
        for (const n of added) drafts.addImage(key, fakeImage(`a${n}`))
        drafts.putBack(key, messageId('a'))

        expect(drafts.take(key, text, sentImages)).toBe(true)
        expect(drafts.textOf(key)).toBe(since)
        expect(idsIn(drafts)).toEqual(added.map((n) => idOf(`a${n}`)))
      }),
    )
  })

  it('is taken out again only as it was put back', () => {
    const drafts = draftsOf()
    drafts.hold(key, messageId('a'), 'sent', [])
    drafts.write(key, 'typed')
    drafts.putBack(key, messageId('a'))
    expect(drafts.textOf(key)).toBe('sent\n\ntyped')

    expect(drafts.take(key, 'sent', [])).toBe(true)
    expect(drafts.textOf(key)).toBe('typed')
    expect(drafts.take(key, 'sent', [])).toBe(false)
  })

  it('is not taken out when one of its images was removed', () => {
    const drafts = draftsOf()
    const images = [fakeImage('a'), fakeImage('b')]
    drafts.hold(key, messageId('a'), 'sent', images)
    drafts.putBack(key, messageId('a'))
    drafts.removeImage(key, idOf('a'))

    expect(drafts.take(key, 'sent', images)).toBe(false)
    expect(drafts.textOf(key)).toBe('sent')
    expect(idsIn(drafts)).toEqual([idOf('b')])
  })
})
