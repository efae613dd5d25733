import { expect, it } from 'vitest'
import type { Attachment } from '#contract/attachments.ts'
import { createValue } from '../../api/value.ts'
import { Offline } from '../../api/refused.ts'
import type { AttachmentPart } from '../draft.ts'
import { settle } from '../fake-conversation.ts'
import { fakeImage } from '../fake-image.ts'
import { Unfit } from './prepare-image.ts'
import { createUploader } from './uploader.ts'
import type { Uploads } from './uploads.ts'

/** A world in which nothing arrives before `arrive` is called. */
function world() {
  const uploads = createValue<Uploads>({ items: [], unfit: [] })
  const images: AttachmentPart[] = []
  const revoked: string[] = []
  const waiting: { name: string; arrive: () => void; fail: () => void; signal: AbortSignal }[] = []
  const uploader = createUploader(uploads, {
    async prepare(file) {
      if (file.name.endsWith('.svg')) throw new Unfit('type')
      return file
    },
    send: ({ name }, { signal }) =>
      new Promise<Attachment>((resolve, reject) => {
        const { attachmentId: id, ...rest } = fakeImage(name.replace('.png', ''))
        const attachment = { ...rest, id, createdAt: 1 } as Attachment
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        waiting.push({
          name,
          arrive: () => resolve(attachment),
          fail: () => reject(new Offline('No reply.')),
          signal,
        })
      }),
    images: () => images,
    add: (image) => void images.push(image),
    urlOf: ({ name }) => `blob:${name}`,
    revoke: (url) => void revoked.push(url),
  })
  const names = () => images.map(({ name }) => name)
  const states = () => uploads.get().items.map(({ name, state }) => [name, state.type])
  return { uploads, uploader, waiting, images, names, states, revoked }
}

const file = (name: string) => new File(['x'], name)

it('brings images up one after the other, in the order they were chosen in', async () => {
  const { uploader, waiting, names, uploads } = world()
  uploader.take([file('a.png'), file('b.png')])
  await settle()
  expect(waiting.map(({ name }) => name)).toEqual(['a.png'])

  waiting[0]?.arrive()
  await settle()
  waiting[1]?.arrive()
  await settle()

  expect(names()).toEqual(['a.png', 'b.png'])
  expect(uploads.get()).toEqual({ items: [], unfit: [] })
})

it('tells at once what cannot be sent, while others are on their way', async () => {
  const { uploader, uploads, states } = world()
  uploader.take([file('a.png'), file('b.svg')])
  await settle()

  expect(uploads.get().unfit).toEqual([{ name: 'b.svg', reason: 'type' }])
  expect(states()).toEqual([['a.png', 'sending']])

  uploader.dismiss()
  expect(uploads.get().unfit).toEqual([])
})

it('goes on with the others when one fails, and tries that again when asked to', async () => {
  const { uploader, uploads, waiting, names, states } = world()
  uploader.take([file('a.png'), file('b.png')])
  await settle()
  waiting[0]?.fail()
  await settle()
  waiting[1]?.arrive()
  await settle()
  expect(states()).toEqual([['a.png', 'failed']])

  uploader.retry(uploads.get().items[0]?.id ?? 0)
  await settle()
  waiting[2]?.arrive()
  await settle()

  expect(names()).toEqual(['b.png', 'a.png'])
  expect(states()).toEqual([])
})

it('stops what is removed, and lets go of its preview', async () => {
  const { uploader, uploads, waiting, names, revoked } = world()
  uploader.take([file('a.png'), file('b.png')])
  await settle()
  uploader.remove(uploads.get().items[0]?.id ?? 0)
  await settle()

  expect(waiting[0]?.signal.aborted).toBe(true)
  expect(revoked).toEqual(['blob:a.png'])
  waiting[1]?.arrive()
  await settle()
  expect(names()).toEqual(['b.png'])
})

it('takes as many as a message may have, with those that are there', () => {
  const { uploader, uploads, images, states } = world()
  images.push(fakeImage('x'), fakeImage('y'))
  uploader.take(Array.from({ length: 7 }, (_, index) => file(`${index}.png`)))

  expect(states()).toHaveLength(6)
  expect(uploads.get().unfit).toEqual([{ name: '6.png', reason: 'count' }])
})

it('leaves out what would make the message too heavy', async () => {
  const { uploader, uploads, images, waiting } = world()
  images.push(fakeImage('x', { bytes: 60 * 1024 * 1024 }))
  uploader.take([file('a.png')])
  await settle()

  expect(waiting).toEqual([])
  expect(uploads.get()).toEqual({ items: [], unfit: [{ name: 'a.png', reason: 'together' }] })
})
