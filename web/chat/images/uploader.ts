import type { Attachment } from '#contract/attachments.ts'
import { errorText } from '../../api/error-text.ts'
import type { Value } from '../../api/value.ts'
import type { AttachmentPart } from '../draft.ts'
import { fitsTogether, roomAfter, type Unfitness } from './image-fit.ts'
import { Unfit } from './prepare-image.ts'
import type { Upload, Uploads } from './uploads.ts'

/** The verbs an uploader needs of the world. */
export interface UploaderDeps {
  /** The file as it is to be sent; rejects with `Unfit`. */
  prepare(file: File): Promise<File>
  send(
    file: File,
    options: { onProgress: (part: number) => void; signal: AbortSignal },
  ): Promise<Attachment>
  /** The images that are uploaded already. */
  images(): readonly AttachmentPart[]
  /** One more is; `previewUrl` shows it. */
  add(image: AttachmentPart, previewUrl: string): void
  urlOf(file: File): string
  revoke(url: string): void
}

interface Job {
  file: File
  isPrepared: boolean
  abort: AbortController
}

export type Uploader = ReturnType<typeof createUploader>

/**
 * Brings images to the server one after the other, so that they stay in the order they were chosen
 * in, and says in `uploads` how far it has got.
 */
export function createUploader(uploads: Value<Uploads>, deps: UploaderDeps) {
  const jobs = new Map<number, Job>()
  let lastId = 0
  let preparing = Promise.resolve()
  let sending = Promise.resolve()

  const items = () => uploads.get().items
  function update(id: number, change: Partial<Upload>) {
    const next = items().map((each) => (each.id === id ? { ...each, ...change } : each))
    uploads.set({ ...uploads.get(), items: next })
  }
  function forget(id: number) {
    jobs.delete(id)
    uploads.set({ ...uploads.get(), items: items().filter((each) => each.id !== id) })
  }
  function refuse(name: string, reason: Unfitness) {
    uploads.set({ ...uploads.get(), unfit: [...uploads.get().unfit, { name, reason }] })
  }
  function fail(id: number, error: unknown) {
    const job = jobs.get(id)
    if (!job || job.abort.signal.aborted) return
    if (!(error instanceof Unfit)) {
      return update(id, { state: { type: 'failed', text: errorText(error) } })
    }
    refuse(job.file.name, error.reason)
    remove(id)
  }

  async function prepare(id: number) {
    const job = jobs.get(id)
    if (!job || job.isPrepared) return
    const file = await deps.prepare(job.file)
    if (!jobs.has(id)) return
    jobs.set(id, { ...job, file, isPrepared: true })
    update(id, { previewUrl: deps.urlOf(file), name: file.name })
  }

  async function send(id: number) {
    const job = jobs.get(id)
    if (!job?.isPrepared) return
    if (!fitsTogether([...deps.images(), { bytes: job.file.size }])) throw new Unfit('together')
    const { file, abort } = job
    const onProgress = (part: number) => update(id, { state: { type: 'sending', part } })
    onProgress(0)
    const attachment = await deps.send(file, { onProgress, signal: abort.signal })
    const previewUrl = items().find((each) => each.id === id)?.previewUrl
    // Removed in its last moment: nobody knows it, and the server forgets it by itself.
    if (!previewUrl) return
    deps.add(partOf(attachment), previewUrl)
    forget(id)
  }

  function enqueue(id: number) {
    const prepared = preparing.then(() => prepare(id))
    const done = (error: unknown) => fail(id, error)
    preparing = prepared.catch(() => {})
    sending = sending.then(() => prepared.then(() => send(id)).catch(done))
    // A refusal is told at once, not when those before it have been sent.
    prepared.catch(done)
  }

  function remove(id: number) {
    const url = items().find((each) => each.id === id)?.previewUrl
    jobs.get(id)?.abort.abort()
    forget(id)
    if (url) deps.revoke(url)
  }

  return {
    /** Takes files for the next message, as many as it may have. */
    take(files: readonly File[]) {
      uploads.set({ ...uploads.get(), unfit: [] })
      const room = roomAfter(deps.images().length + items().length)
      for (const file of files.slice(room)) refuse(file.name, 'count')
      for (const file of files.slice(0, room)) {
        const id = ++lastId
        jobs.set(id, { file, isPrepared: false, abort: new AbortController() })
        const upload: Upload = {
          id,
          name: file.name,
          previewUrl: null,
          state: { type: 'waiting' },
        }
        uploads.set({ ...uploads.get(), items: [...items(), upload] })
        enqueue(id)
      }
    },
    retry(id: number) {
      update(id, { state: { type: 'waiting' } })
      enqueue(id)
    },
    remove,
    /** What could not be sent has been read. */
    dismiss: () => uploads.set({ ...uploads.get(), unfit: [] }),
  }
}

function partOf({ id, mediaType, bytes, width, height, name, url }: Attachment): AttachmentPart {
  return { type: 'attachment', attachmentId: id, mediaType, bytes, width, height, name, url }
}
