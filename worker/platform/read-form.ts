import { imageLimits } from '../contract/image-limits.ts'
import { Fault } from './fault.ts'

/** What a form may add to the file in it: boundaries, headers, other fields. */
const formBytesMax = 64 * 1024

const read = new WeakMap<Request, Promise<File>>()

/**
 * The file in a form's field `file`, read once however often it is asked for. Reading stops where
 * the form is longer than a file of `bytesMax` may make it. Refuses `unsupported_media_type`,
 * `attachment_too_large` and `invalid_request`.
 */
export function readFormFile(
  request: Request,
  bytesMax: number = imageLimits.bytesMax,
): Promise<File> {
  const known = read.get(request)
  if (known) return known
  const reading = readFile(request, bytesMax)
  read.set(request, reading)
  return reading
}

async function readFile(request: Request, bytesMax: number): Promise<File> {
  const type = request.headers.get('content-type') ?? ''
  if (!isForm(request)) throw new Fault('unsupported_media_type')
  const tooLarge = new Fault('attachment_too_large', { bytesMax })
  const bodyMax = bytesMax + formBytesMax
  if (Number(request.headers.get('content-length') ?? 0) > bodyMax) throw tooLarge
  if (request.body === null) throw noFile()
  let bytes = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes > bodyMax) controller.error(tooLarge)
      else controller.enqueue(chunk)
    },
  })
  const form = await new Response(request.body.pipeThrough(counter), {
    headers: { 'content-type': type },
  })
    .formData()
    .catch(() => null)
  if (bytes > bodyMax) throw tooLarge
  const file = form?.get('file')
  if (!(file instanceof File)) throw noFile()
  if (file.size > bytesMax) throw tooLarge
  return file
}

/** Whether a request says that its body is a multipart form. */
export function isForm(request: Request): boolean {
  return /^multipart\/form-data\s*;/i.test(request.headers.get('content-type') ?? '')
}

function noFile(): Fault {
  return new Fault('invalid_request', {
    errors: [{ path: 'file', message: 'A form with a file is needed.' }],
  })
}
