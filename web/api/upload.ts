import { urlOf, type Endpoint } from '#contract/endpoint.ts'
import { headersFor, readJson } from './call.ts'
import { Offline } from './refused.ts'
import { refusalOf } from './refusal.ts'

interface UploadOptions {
  /** What stands in the path for its names. */
  params?: Record<string, string>
  /** Told which part of the file has been sent, from 0 to 1. */
  onProgress?: (part: number) => void
  signal?: AbortSignal
}

/**
 * Sends a file to an endpoint that takes a form, and gives back its reply. Throws as `call` does:
 * `Refused`, `Offline`, or the abort reason.
 */
export async function upload<Reply>(
  endpoint: Endpoint<string, undefined, undefined, Reply>,
  file: File,
  { params = {}, onProgress, signal }: UploadOptions = {},
): Promise<Reply> {
  signal?.throwIfAborted()
  const form = new FormData()
  form.set('file', file)
  const request = new XMLHttpRequest()
  request.open(endpoint.method, urlOf(endpoint.path, params))
  for (const [name, value] of Object.entries(headersFor(false))) {
    request.setRequestHeader(name, value)
  }
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress?.(loaded / total)
  })
  const response = await answerTo(request, form, signal)
  if (!response.ok) throw await refusalOf(response)
  return endpoint.reply ? endpoint.reply.parse(await readJson(response)) : (undefined as Reply)
}

/** A request with progress, which `fetch` does not tell of, as a response. */
function answerTo(
  request: XMLHttpRequest,
  form: FormData,
  signal: AbortSignal | undefined,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const abort = () => request.abort()
    signal?.addEventListener('abort', abort)
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort))
    request.addEventListener('load', () => {
      const requestId = request.getResponseHeader('x-request-id')
      const { status, responseText } = request
      const headers = requestId ? { 'x-request-id': requestId } : {}
      // A response without a body must be given none.
      resolve(new Response(status === 204 ? null : responseText, { status, headers }))
    })
    request.addEventListener('error', () => reject(new Offline('No reply.')))
    request.addEventListener('abort', () => reject(signal?.reason as Error))
    request.send(form)
  })
}
